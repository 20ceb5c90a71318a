import type { Edit } from './edit.js';
import { flood, openWhere, passing } from './flood.js';
import { refused, type Outcome } from './outcome.js';

/** Gives a class the holes in it: what it cuts off from the edge of the clip, whatever label that has. */
export function fillHoles(edit: Edit, label: number): Outcome {
  const { map, rules } = edit;
  const { clip, givable } = rules;
  if (!givable[label]) return refused('locked');
  const others = openWhere(map.data, map.width, clip, passing((value) => value !== label)); // prettier-ignore
  const enter = (x: number, y: number): void => {
    const i = y * map.width + x;
    if (others.open[i]) flood(others, i, () => undefined);
  };
  for (let x = clip.left; x < clip.right; x++) [clip.top, clip.bottom - 1].forEach((y) => enter(x, y));
  for (let y = clip.top; y < clip.bottom; y++) [clip.left, clip.right - 1].forEach((x) => enter(x, y));
  for (let y = clip.top; y < clip.bottom; y++) {
    for (let x = clip.left; x < clip.right; x++) {
      if (!others.open[y * map.width + x]) continue;
      const start = x;
      while (x < clip.right && others.open[y * map.width + x]) x++;
      edit.span(y, start, x, label);
    }
  }
  return edit.outcome();
}
