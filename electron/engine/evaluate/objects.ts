import { IGNORE, type LabelMap } from '../../../shared/types.js';

/** The objects of a ground truth, and how much of each a mask finds. */
export interface FoundObjects {
  /** int32 [height, width]: 1-based place of the pixel's object in `found`; 0 on background and ignored pixels. */
  ids: Int32Array;
  /** Share of each object's pixels that have its label in the mask; the first entry stands for no object. */
  found: Float64Array;
}

/** Runs of one label along rows, each with the root of the object that it belongs to. */
class Runs {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly #parents: number[] = [];

  /** Adds pixels start..end - 1 of the map and returns the place of the run. */
  add(start: number, end: number): number {
    this.starts.push(start);
    this.ends.push(end);
    return this.#parents.push(this.#parents.length) - 1;
  }

  root(run: number): number {
    const parents = this.#parents;
    while (parents[run] !== run) run = parents[run] = parents[parents[run]];
    return run;
  }

  join(a: number, b: number): void {
    this.#parents[this.root(a)] = this.root(b);
  }
}

/** Runs of objects, those that touch by a side or a corner under one root. */
function objectRuns({ width, height, data }: LabelMap): Runs {
  const runs = new Runs();
  let [above, here] = [0, 0];
  for (let y = 0, row = 0; y < height; y++, row += width) {
    // Runs of the row above are `above` to `here`; `next` is the first of them that may touch.
    let next = above;
    [above, here] = [here, here];
    const last = above;
    for (let i = row; i < row + width;) {
      const label = data[i];
      const start = i;
      while (i < row + width && data[i] === label) i++;
      if (label === 0 || label === IGNORE) continue;
      const run = runs.add(start, i);
      here = run + 1;
      while (next < last && runs.ends[next] + width < start) next++;
      for (let other = next; other < last && runs.starts[other] + width <= i; other++) {
        if (data[runs.starts[other]] === label) runs.join(run, other);
      }
    }
  }
  return runs;
}

/**
 * Objects are the connected pieces (by sides and corners) of each label but background and ignore. Runs are joined rather
 * than pixels, for an evaluation does this for every image.
 *
 * @param given uint8 [height, width], labels of the mask
 */
export function foundObjects(truth: LabelMap, given: Uint8Array): FoundObjects {
  const runs = objectRuns(truth);
  const ids = new Int32Array(truth.data.length);
  const places = new Map<number, number>();
  const [areas, hits] = [[1], [0]];
  for (let run = 0; run < runs.starts.length; run++) {
    const [start, end] = [runs.starts[run], runs.ends[run]];
    const root = runs.root(run);
    const known = places.get(root);
    const id = known ?? areas.push(0) - 1;
    if (known === undefined) {
      places.set(root, id);
      hits.push(0);
    }
    ids.fill(id, start, end);
    areas[id] += end - start;
    const label = truth.data[start];
    let hit = 0;
    for (let i = start; i < end; i++) if (given[i] === label) hit++;
    hits[id] += hit;
  }
  return { ids, found: Float64Array.from(areas, (area, id) => hits[id] / area) };
}
