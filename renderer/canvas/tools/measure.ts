import type { Pointer, Tool } from '../tool.js';

/** Shows how far it is from one place to another, until the next thing is done. */
export const measure: Tool = {
  key: 'Shift+M',
  states(surface) {
    let from: Pointer;
    const drop = (): void => surface.draft(null);
    const show = (to: Pointer): void => surface.draft({ kind: 'line', from, to });
    return {
      idle: { down: () => 'pointing' },
      pointing: {
        enter(at) {
          from = at;
          drop();
        },
        move: () => 'painting',
        up: () => 'idle',
      },
      painting: {
        enter: show,
        move: show,
        up: () => 'idle',
        cancel: drop,
        interrupt: drop,
      },
    };
  },
};
