import type { LabelMap } from '../types.js';
import type { Edit } from './edit.js';
import { flood, openWhere, passing, type OpenPixels } from './flood.js';
import { refused, type Outcome } from './outcome.js';
import { wholeOf, type Rect } from './rect.js';

/** A row's piece of an island: row, first column, first column after it. */
type Span = readonly [y: number, left: number, right: number];

/** Calls `visit` with each piece of open pixels that hangs together by its sides and is smaller than `least`. */
function eachSmall(
  pixels: OpenPixels,
  { top, bottom, left, right }: Rect,
  least: number,
  visit: (spans: Span[]) => void,
): void {
  // prettier-ignore
  for (let y = top; y < bottom; y++) {
    for (let i = y * pixels.width + left; i < y * pixels.width + right; i++) {
      if (!pixels.open[i]) continue;
      const spans: Span[] = [];
      const size = flood(pixels, i, (...span) => spans.push(span));
      if (size < least) visit(spans);
    }
  }
}

/** The label that most pixels beside an island have; 0 where there is none. */
function surrounding({ width, height, data }: LabelMap, spans: readonly Span[], own: number): number {
  const counts = new Uint32Array(256);
  const look = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) counts[data[y * width + x]]++;
  };
  for (const [y, left, right] of spans) {
    look(left - 1, y);
    look(right, y);
    for (let x = left; x < right; x++) [y - 1, y + 1].forEach((row) => look(x, row));
  }
  counts[own] = 0;
  return counts.indexOf(Math.max(...counts));
}

/** Gives islands of a label, pieces of fewer than `least` pixels, the label that most pixels beside them have. */
export function removeIslands(edit: Edit, label: number, least: number): Outcome {
  const { map, rules } = edit;
  if (!rules.givable[label]) return refused('locked');
  // A piece that goes on beyond the clip is judged by all of it.
  const whole = wholeOf(map);
  const pixels = openWhere(map.data, map.width, whole, passing((value) => value === label)); // prettier-ignore
  eachSmall(pixels, whole, least, (spans) => {
    const other = surrounding(map, spans, label);
    for (const [y, left, right] of spans) edit.span(y, left, right, other, label);
  });
  return edit.outcome();
}

/** How many islands of fewer than `least` pixels a label has. */
export function countIslands(map: LabelMap, label: number, least: number): number {
  const whole = wholeOf(map);
  let count = 0;
  eachSmall(openWhere(map.data, map.width, whole, passing((value) => value === label)), whole, least, () => count++); // prettier-ignore
  return count;
}
