import { between, isEmpty, shared, wholeOf } from '../../../shared/label-map/rect.js';
import type { Pointer, Tool } from '../tool.js';

/** Draws the box that nothing outside of changes; a click alone takes it away. */
export const clip: Tool = {
  key: 'U',
  states(surface) {
    let from: Pointer;
    const drop = (): void => surface.draft(null);
    const show = (to: Pointer): void => surface.draft({ kind: 'box', rect: between(from, to) });
    return {
      idle: { down: () => 'pointing' },
      pointing: {
        enter: (at) => void (from = at),
        move: () => 'painting',
        up() {
          surface.settings.clip = null;
          return 'idle';
        },
      },
      painting: {
        enter: show,
        move: show,
        up(at) {
          const box = shared(between(from, at), wholeOf(surface.map));
          surface.settings.clip = isEmpty(box) ? null : box;
          return 'idle';
        },
        exit: drop,
      },
    };
  },
};
