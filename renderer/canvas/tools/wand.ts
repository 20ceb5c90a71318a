import type { Edit } from '../../../shared/label-map/edit.js';
import { refused } from '../../../shared/label-map/outcome.js';
import { contains } from '../../../shared/label-map/rect.js';
import { colourDistances, wand as fillAlike } from '../../../shared/label-map/wand.js';
import type { Pointer, StateName, Tool, ToolState } from '../tool.js';
import { pixelOf } from './pixel.js';

/** Screen pixels to the right that add one to the tolerance. */
const DRAG = 2;

interface InHand {
  edit: Edit;
  at: Pointer;
  distances: Uint8Array;
  tolerance: number;
  label: number;
}

/** Gives what looks alike in the photo a label; dragging to the right takes more of it, to the left less. */
export const wand: Tool = {
  key: 'W',
  states(surface) {
    let hand: InHand | null = null;

    function begin(at: Pointer): StateName {
      const photo = surface.photo();
      const edit = surface.begin();
      const inside = contains(edit.rules.clip, pixelOf(at));
      if (!photo || !inside) surface.took(refused(photo ? 'outside' : 'waiting'));
      if (!photo || !inside) return 'idle';
      const { tolerance, label } = surface.settings;
      const distances = colourDistances(photo, pixelOf(at));
      hand = { edit, at, distances, tolerance, label: at.erase ? 0 : label };
      return 'pointing';
    }
    function apply(tolerance: number): void {
      if (!hand) return;
      surface.settings.tolerance = tolerance;
      surface.restored(hand.edit.restore());
      surface.took(fillAlike(hand.edit, hand.distances, pixelOf(hand.at), tolerance, hand.label));
    }
    function drag({ x }: Pointer): void {
      if (!hand) return;
      const steps = (x - hand.at.x) / surface.pixelsPerScreenPixel() / DRAG;
      const tolerance = Math.min(255, Math.max(0, Math.round(hand.tolerance + steps)));
      if (tolerance !== surface.settings.tolerance) apply(tolerance);
    }
    function finish(): StateName {
      if (hand) surface.commit(hand.edit, { action: 'wand', label: hand.label });
      hand = null;
      return 'idle';
    }
    function cancel(): void {
      if (hand) surface.restored(hand.edit.restore());
      hand = null;
    }
    const pressed: ToolState = { up: finish, cancel, interrupt: finish };
    return {
      idle: { down: begin },
      pointing: { ...pressed, enter: () => apply(hand!.tolerance), move: () => 'painting' },
      painting: { ...pressed, enter: drag, move: drag },
    };
  },
};
