import type { Ring } from './trace.js';

/** Where a hole is tied to the ring on its left: at the upper end of that ring's edge. */
interface Tie {
  hole: Ring;
  /** Place of the hole's corner where the bridge ends, in the ring's numbers. */
  start: number;
}

const keyOf = (x: number, y: number): string => `${x},${y}`;

/** Calls `visit` with the upper end of every pixel edge that a ring runs up along: those with the component to the right. */
function forEachRisingEdge(ring: Ring, visit: (x: number, y: number) => void): void {
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    for (let y = ring[i + 1] - 1; y >= ring[next + 1]; y--) visit(ring[i], y);
  }
}

/** Place of the uppermost corner among the leftmost ones. */
function leftmostCorner(ring: Ring): number {
  let best = 0;
  for (let i = 2; i < ring.length; i += 2) {
    if (ring[i] < ring[best] || (ring[i] === ring[best] && ring[i + 1] < ring[best + 1])) best = i;
  }
  return best;
}

/** The last number of an ascending list that is below `limit`. */
function lastBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}

/** Every hole's tie under the pixel edge that its bridge starts from. */
function tieHoles(rings: readonly Ring[]): Map<string, Tie> {
  const edges = new Map<number, number[]>();
  for (const ring of rings) {
    forEachRisingEdge(ring, (x, y) => {
      const row = edges.get(y);
      if (row) row.push(x);
      else edges.set(y, [x]);
    });
  }
  for (const row of edges.values()) row.sort((a, b) => a - b);
  return new Map(
    rings.slice(1).map((hole) => {
      const start = leftmostCorner(hole);
      const y = hole[start + 1];
      return [keyOf(lastBelow(edges.get(y)!, hole[start]), y), { hole, start }];
    }),
  );
}

/** Corners of a ring from `start` on, with a stop before and after each hole that is tied to it. */
function* walk(ring: Ring, start: number, ties: ReadonlyMap<string, Tie>): Generator<[x: number, y: number] | Tie> {
  for (let done = 0; done < ring.length; done += 2) {
    const i = (start + done) % ring.length;
    const next = (i + 2) % ring.length;
    yield [ring[i], ring[i + 1]];
    for (let y = ring[i + 1] - 1; y >= ring[next + 1]; y--) {
      const tie = ties.get(keyOf(ring[i], y));
      if (!tie) continue;
      yield [ring[i], y];
      yield tie;
      yield [ring[i], y];
    }
  }
}

/**
 * One ring for a component with holes, for formats that know none: from each hole's upper left corner a level bridge
 * leads to the next line on its left and back, so that filled by even-odd or by winding number it is the same pixels.
 * `rings` as traceComponents gives them, the outer one first.
 */
export function bridgeHoles(rings: readonly Ring[]): Ring {
  const [outer, ...holes] = rings;
  if (holes.length === 0) return outer;
  const ties = tieHoles(rings);
  const merged: Ring = [];
  const add = (x: number, y: number): void => {
    if (merged.at(-2) !== x || merged.at(-1) !== y) merged.push(x, y);
  };
  // Walks under way, innermost last: holes may be tied to holes thousands deep, which recursion would not bear.
  const walks = [walk(outer, 0, ties)];
  const ends: [x: number, y: number][] = [];
  while (walks.length > 0) {
    const { done, value } = walks[walks.length - 1].next();
    if (done) {
      walks.pop();
      const end = ends.pop();
      if (end) add(...end);
    } else if ('hole' in value) {
      walks.push(walk(value.hole, value.start, ties));
      ends.push([value.hole[value.start], value.hole[value.start + 1]]);
    } else add(...value);
  }
  return merged;
}
