import type { Edit } from './edit.js';
import { refused, type Outcome } from './outcome.js';

/** Pixels beside one: by its sides in odd steps, by its corners too in even ones. Together they grow to an octagon. */
const SIDES = [[0, -1], [-1, 0], [1, 0], [0, 1]] as const; // prettier-ignore
const ALL = [...SIDES, [-1, -1], [1, -1], [-1, 1], [1, 1]] as const;
const neighbours = (step: number): readonly (readonly [number, number])[] => (step % 2 === 0 ? ALL : SIDES);

/** Pixels that `wanted` holds of and that lie beside one of `from`, each once. */
function beside(edit: Edit, from: readonly number[], step: number, wanted: (label: number) => boolean): number[] {
  const { width, data } = edit.map;
  const { clip } = edit.rules;
  const found = new Set<number>();
  for (const i of from) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (const [dx, dy] of neighbours(step)) {
      const inside = x + dx >= clip.left && x + dx < clip.right && y + dy >= clip.top && y + dy < clip.bottom;
      if (inside && wanted(data[i + dy * width + dx])) found.add(i + dy * width + dx);
    }
  }
  return [...found];
}

/** Pixels of the clip that `wanted` holds of, with a pixel by their side that it does not hold of. */
function edge(edit: Edit, wanted: (label: number) => boolean): number[] {
  const { width, height, data } = edit.map;
  const { left, top, right, bottom } = edit.rules.clip;
  const found: number[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left, i = y * width + left; x < right; x++, i++) {
      if (!wanted(data[i])) continue;
      const ends =
        (x > 0 && !wanted(data[i - 1])) ||
        (x < width - 1 && !wanted(data[i + 1])) ||
        (y > 0 && !wanted(data[i - width])) ||
        (y < height - 1 && !wanted(data[i + width]));
      if (ends) found.push(i);
    }
  }
  return found;
}

function give(edit: Edit, pixels: readonly number[], label: number, only = -1): void {
  const { width } = edit.map;
  for (const i of pixels) edit.span(Math.floor(i / width), i % width, (i % width) + 1, label, only);
}

/** Grows a class by some pixels, over what the rules let it. What it may not cross holds it up. */
export function grow(edit: Edit, label: number, pixels: number): Outcome {
  if (!edit.rules.givable[label]) return refused('locked');
  const { data } = edit.map;
  const allowed = label === 0 ? edit.rules.erasable : edit.rules.paintable;
  let front = edge(edit, (value) => value === label);
  for (let step = 1; step <= pixels && front.length > 0; step++) {
    front = beside(edit, front, step, (value) => value !== label && allowed[value] === 1);
    give(edit, front, label);
    front = front.filter((i) => data[i] === label);
  }
  return edit.outcome();
}

/** Takes some pixels away all around a class; they become background. The picture's own edge takes nothing away. */
export function shrink(edit: Edit, label: number, pixels: number): Outcome {
  if (!edit.rules.givable[label] || label === 0) return refused('locked');
  let front = edge(edit, (value) => value === label);
  for (let step = 1; step <= pixels && front.length > 0; step++) {
    give(edit, front, 0, label);
    front = beside(edit, front, step + 1, (value) => value === label);
  }
  return edit.outcome();
}
