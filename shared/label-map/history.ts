import type { LabelMap } from '../types.js';
import { applyPatch, type Patch } from './patch.js';
import type { Rect } from './rect.js';

/** Something that was done to a map, as the list of steps names it. */
export interface StepName {
  /** What was done, a key of the page's texts. */
  action: string;
  /** The label it was done with, where there is one. */
  label?: number;
}

interface Step extends StepName {
  patch: Patch;
}

/** Steps that are kept at most. */
export const MOST_STEPS = 200;
/** Bytes of patches that are kept at most. Masks pack to a hundredth, so this is met by noise alone. */
const MOST_BYTES = 2 ** 27;

/** The steps that can be undone and done again, of one map. */
export class History {
  readonly #done: Step[] = [];
  #undone: Step[] = [];

  /** Steps from the oldest on, those that were undone last; the first `position` of them are done. */
  get names(): StepName[] {
    return [...this.#done, ...[...this.#undone].reverse()].map(({ action, label }) => ({ action, label }));
  }

  get position(): number {
    return this.#done.length;
  }

  /** Notes a step; what had been undone is gone. */
  push(name: StepName, patch: Patch): void {
    this.#undone = [];
    this.#done.push({ ...name, patch });
    let bytes = this.#done.reduce((sum, step) => sum + step.patch.before.length, 0);
    while (this.#done.length > MOST_STEPS || (bytes > MOST_BYTES && this.#done.length > 1)) {
      bytes -= this.#done.shift()!.patch.before.length;
    }
  }

  /** Undoes the last step. Returns where the map changed, or null where there is none. */
  undo(map: LabelMap): Rect | null {
    const step = this.#done.pop();
    if (!step) return null;
    this.#undone.push({ ...step, patch: applyPatch(map, step.patch) });
    return step.patch.rect;
  }

  /** Does the step again that was undone last. */
  redo(map: LabelMap): Rect | null {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push({ ...step, patch: applyPatch(map, step.patch) });
    return step.patch.rect;
  }
}
