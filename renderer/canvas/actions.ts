import type { Edit } from '../../shared/label-map/edit.js';
import { grow, shrink } from '../../shared/label-map/grow.js';
import { fillHoles } from '../../shared/label-map/holes.js';
import { removeIslands } from '../../shared/label-map/islands.js';
import type { Outcome } from '../../shared/label-map/outcome.js';
import { smooth } from '../../shared/label-map/smooth.js';
import { islandSize } from '../../shared/label-map/survey.js';

/** Something that is done to the whole mask, or what of it is in the clip, at once. */
export interface Action {
  key: string;
  run(edit: Edit, label: number): Outcome;
}

/** Pixels around a pixel that decide in smoothing. */
const SMOOTHING = 2;

/** Every action by its name; `label` is that of the chosen class. */
export const actions = {
  holes: { key: 'Shift+F', run: fillHoles },
  grow: { key: 'Shift+G', run: (edit, label) => grow(edit, label, 1) },
  shrink: { key: 'G', run: (edit, label) => shrink(edit, label, 1) },
  smooth: { key: 'J', run: (edit) => smooth(edit, SMOOTHING) },
  islands: { key: 'Shift+J', run: (edit, label) => removeIslands(edit, label, islandSize(edit.map)) },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;
export const actionNames = Object.keys(actions) as ActionName[];
