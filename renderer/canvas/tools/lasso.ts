import type { Corner, OutlineMode } from '../../../shared/label-map/polygon.js';
import type { Pointer, Tool } from '../tool.js';
import { applyOutline, modeOf } from './outline.js';

/** An outline drawn with the button held; letting go closes it. */
export const lasso: Tool = {
  key: 'Shift+P',
  states(surface) {
    let corners: Corner[] = [];
    let mode: OutlineMode = 'add';
    const drop = (): void => {
      corners = [];
      surface.draft(null);
    };
    function add({ x, y }: Pointer): void {
      corners.push({ x, y });
      surface.draft({ kind: 'outline', corners, mode, closed: true });
    }
    return {
      idle: { down: () => 'pointing' },
      pointing: {
        enter(at) {
          mode = modeOf(surface, at);
          corners = [{ x: at.x, y: at.y }];
        },
        move: () => 'painting',
        up: () => 'idle',
      },
      painting: {
        enter: add,
        move: add,
        up() {
          applyOutline(surface, corners, mode);
          return 'idle';
        },
        exit: drop,
        cancel: drop,
      },
    };
  },
};
