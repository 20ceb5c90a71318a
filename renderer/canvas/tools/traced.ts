import type { Corner, OutlineMode } from '../../../shared/label-map/polygon.js';
import type { Surface } from '../surface.js';
import type { Pointer, Tool } from '../tool.js';

/** What is done with outlines that are drawn with the button held. */
interface Traced {
  key: string;
  /** What an outline that is begun will do, which shows how it is drawn. */
  mode(surface: Surface, at: Pointer): OutlineMode;
  /** Ends an outline by its corners, at least one. */
  apply(surface: Surface, corners: readonly Corner[], mode: OutlineMode): void;
}

/** A tool that draws an outline with the button held; letting go closes it. */
export const traced = ({ key, mode: modeAt, apply }: Traced): Tool => ({
  key,
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
          mode = modeAt(surface, at);
          corners = [{ x: at.x, y: at.y }];
        },
        move: () => 'painting',
        up: () => 'idle',
      },
      painting: {
        enter: add,
        move: add,
        up() {
          apply(surface, corners, mode);
          return 'idle';
        },
        exit: drop,
        cancel: drop,
      },
    };
  },
});
