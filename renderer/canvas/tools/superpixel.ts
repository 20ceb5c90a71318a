import type { Edit } from '../../../shared/label-map/edit.js';
import { refused } from '../../../shared/label-map/outcome.js';
import { fillSuperpixel } from '../../../shared/label-map/superpixel.js';
import type { Pointer, StateName, Tool, ToolState } from '../tool.js';
import { pixelOf } from './pixel.js';

/** Gives the superpixels that it comes over a label. */
export const superpixel: Tool = {
  key: 'S',
  states(surface) {
    let edit: Edit | null = null;
    let label = 0;

    function take(at: Pointer): void {
      const regions = surface.superpixels();
      if (!edit || !regions) return;
      const outcome = fillSuperpixel(edit, regions, pixelOf(at), label);
      if (outcome.ok || outcome.reason !== 'unchanged') surface.took(outcome);
    }
    function finish(): StateName {
      if (edit) surface.commit(edit, { action: 'superpixel', label });
      edit = null;
      return 'idle';
    }
    function cancel(): void {
      if (edit) surface.restored(edit.restore());
      edit = null;
    }
    const pressed: ToolState = { up: finish, cancel, interrupt: finish };
    return {
      idle: {
        down({ erase }) {
          if (!surface.superpixels()) return surface.took(refused('waiting'));
          edit = surface.begin();
          label = erase ? 0 : surface.settings.label;
          return 'pointing';
        },
      },
      pointing: { ...pressed, enter: take, move: () => 'painting' },
      painting: { ...pressed, enter: take, move: take },
    };
  },
};
