import type { Corner, OutlineMode } from '../../../shared/label-map/polygon.js';
import type { Pointer, Tool } from '../tool.js';
import { applyOutline, modeOf } from './outline.js';

/** Screen pixels around the first corner in which a click closes the outline. */
const REACH = 8;

/** An outline corner by corner. Enter or a click on the first corner closes it, Backspace takes the last corner back. */
export const polygon: Tool = {
  key: 'P',
  clicks: true,
  states(surface) {
    let corners: Corner[] = [];
    let mode: OutlineMode = 'add';
    const show = (to?: Pointer): void =>
      surface.draft({ kind: 'outline', mode, closed: false, corners: to ? [...corners, { x: to.x, y: to.y }] : corners }); // prettier-ignore
    const isFirst = ({ x, y }: Pointer): boolean =>
      Math.hypot(x - corners[0].x, y - corners[0].y) <= REACH * surface.pixelsPerScreenPixel();
    const drop = (): void => {
      corners = [];
      surface.draft(null);
    };
    function close(): 'idle' {
      applyOutline(surface, corners, mode);
      drop();
      return 'idle';
    }
    return {
      idle: { down: () => 'pointing' },
      pointing: {
        enter(at) {
          mode = modeOf(surface, at);
          corners = [{ x: at.x, y: at.y }];
          show();
        },
        down(at) {
          if (corners.length >= 3 && isFirst(at)) return close();
          corners.push({ x: at.x, y: at.y });
          return show();
        },
        move: (at) => show(at),
        key(key) {
          if (key === 'Enter') return close();
          if (key !== 'Backspace') return null;
          corners.pop();
          show();
          return corners.length === 0 ? 'idle' : undefined;
        },
        cancel: drop,
        interrupt: drop,
      },
    };
  },
};
