/** In which order pixels are counted: along rows, or down columns as COCO does. */
export type PixelOrder = 'rows' | 'columns';

/**
 * Runs of pixels of each region as flat lists start, end, start, end, ... (end exclusive), ascending; two runs never
 * touch. `ids` is int32 [height, width], numbers of regions below `count`, negative for none. One pass for all regions.
 */
export function regionRuns(
  { ids, width, height }: { ids: Int32Array; width: number; height: number },
  count: number,
  order: PixelOrder,
): number[][] {
  const runs: number[][] = Array.from({ length: count }, () => []);
  const [lines, length] = order === 'rows' ? [height, width] : [width, height];
  const [lineStep, step] = order === 'rows' ? [width, 1] : [1, width];
  for (let line = 0, place = 0; line < lines; line++) {
    for (let k = 0, i = line * lineStep; k < length; k++, i += step, place++) {
      if (ids[i] < 0) continue;
      const own = runs[ids[i]];
      if (own.length > 0 && own[own.length - 1] === place) own[own.length - 1]++;
      else own.push(place, place + 1);
    }
  }
  return runs;
}

/** Alternating counts of pixels outside and inside, outside first (0 where the first is inside), over `total` pixels. */
export function countsOfRuns(runs: readonly number[], total: number): number[] {
  const counts: number[] = [];
  let at = 0;
  for (const edge of runs) {
    counts.push(edge - at);
    at = edge;
  }
  if (at < total) counts.push(total - at);
  return counts;
}
