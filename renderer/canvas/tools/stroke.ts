import type { Edit } from '../../../shared/label-map/edit.js';
import { stroke, type Pixel } from '../../../shared/label-map/stroke.js';
import { anchorAt, tipOf, type Tip } from '../../../shared/label-map/tip.js';
import type { Surface } from '../surface.js';
import type { Pointer, StateName, Tool, ToolState } from '../tool.js';

interface InHand {
  edit: Edit;
  tip: Tip;
  label: number;
}

/** A tool that paints where it goes; with Shift, straight on from where the last stroke ended. */
function strokeStates(surface: Surface, erases: boolean): Record<StateName, ToolState> {
  let hand: InHand | null = null;
  let last: Pixel | null = null;

  function begin({ erase }: Pointer): void {
    const { shape, brushSize, eraserSize, label } = surface.settings;
    const erasing = erases || erase;
    hand = { edit: surface.begin(), tip: tipOf(shape, erasing ? eraserSize : brushSize), label: erasing ? 0 : label };
  }
  function paint(at: Pointer, from: Pixel | null): void {
    if (!hand) return;
    const to = anchorAt(hand.tip, at);
    const outcome = stroke(hand.edit, from ?? to, to, hand.tip, hand.label);
    last = to;
    // A piece over what is painted already is no reason to speak.
    if (outcome.ok) surface.took(outcome);
  }
  function finish(): StateName {
    if (hand) surface.commit(hand.edit, { action: hand.label === 0 ? 'eraser' : 'brush', label: hand.label });
    hand = null;
    return 'idle';
  }
  function cancel(): void {
    if (hand) surface.restored(hand.edit.restore());
    hand = null;
  }
  const pressed: ToolState = { up: finish, cancel, interrupt: finish };
  return {
    idle: { down: () => 'pointing' },
    pointing: {
      ...pressed,
      enter(at) {
        begin(at);
        paint(at, at.shift ? last : null);
      },
      move: () => 'painting',
    },
    painting: { ...pressed, enter: (at) => paint(at, last), move: (at) => paint(at, last) },
  };
}

export const brush: Tool = { key: 'B', states: (surface) => strokeStates(surface, false) };
export const eraser: Tool = { key: 'E', states: (surface) => strokeStates(surface, true) };
