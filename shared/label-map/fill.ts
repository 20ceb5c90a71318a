import type { Edit } from './edit.js';
import { flood, openWhere, passing } from './flood.js';
import { refused, type Outcome } from './outcome.js';
import { contains } from './rect.js';
import type { Pixel } from './stroke.js';

/** Gives the region of one label around a pixel another label: what hangs together by its sides, inside the clip. */
export function fill(edit: Edit, seed: Pixel, label: number): Outcome {
  const { map, rules } = edit;
  if (!contains(rules.clip, seed)) return refused('outside');
  if (!rules.givable[label]) return refused('locked');
  const start = seed.y * map.width + seed.x;
  const old = map.data[start];
  if (old === label) return refused('unchanged');
  const region = openWhere(map.data, map.width, rules.clip, passing((value) => value === old)); // prettier-ignore
  flood(region, start, (y, left, right) => edit.span(y, left, right, label));
  return edit.outcome();
}
