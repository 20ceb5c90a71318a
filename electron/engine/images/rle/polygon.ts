import { damagedShape, pixelsOf, type Rle } from './rle.js';

/** Positions along a side of a pixel at which the outline is looked at. */
const SCALE = 5;
/**
 * Most steps of 1 / SCALE pixel that an outline may be long: several times around every pixel of a picture of a
 * megapixel. Bounds the time that a file with coordinates far outside can take.
 */
const MAX_STEPS = 2 ** 24;

/**
 * The pixels inside a closed polygon, as pycocotools (`rleFrPoly`) draws it, to the pixel. `corners`: x0, y0, x1, y1, ...
 * in pixels, 0, 0 being the upper left corner of the upper left pixel; they may lie outside the picture. What the outline
 * goes around twice is outside (even-odd), so a ring that runs to a hole and back on one line keeps the hole.
 * Throws `file-damaged` for fewer than three corners, an odd number of coordinates, or one that is no usable number.
 */
export function polygonToRle(corners: readonly number[], width: number, height: number): Rle {
  const pixels = pixelsOf({ width, height });
  const turns: number[] = [];
  crossings(checkCorners(corners), (column, row) => {
    if (column < 0 || column > width - 1) return;
    turns.push(column * height + Math.ceil(Math.min(Math.max(row, 0), height)));
  });
  return { width, height, counts: runsBetween(Float64Array.from(turns).sort(), pixels) };
}

/** Corners in steps of 1 / SCALE pixel, cut towards 0. */
function checkCorners(corners: readonly number[]): Int32Array {
  if (corners.length % 2 === 1) throw damagedShape(`a polygon has an odd number of coordinates (${corners.length})`);
  if (corners.length < 6) throw damagedShape(`a polygon has ${corners.length / 2} corners: it needs three`);
  const scaled = corners.map((value) => Math.trunc(SCALE * value + 0.5));
  const wrong = scaled.findIndex((value) => !(Math.abs(value) <= MAX_STEPS));
  if (wrong >= 0)
    throw damagedShape(`the polygon's coordinate ${corners[wrong]} is not a place in or near the picture`);
  let steps = 0;
  for (let i = 0, j = scaled.length - 2; i < scaled.length; j = i, i += 2) {
    steps += Math.max(Math.abs(scaled[i] - scaled[j]), Math.abs(scaled[i + 1] - scaled[j + 1]));
  }
  if (steps > MAX_STEPS) throw damagedShape('the outline of a polygon is too long');
  return Int32Array.from(scaled);
}

/** Calls `visit` for each place where the outline crosses the centre line of a pixel column; `row` in pixels. */
function crossings(corners: Int32Array, visit: (column: number, row: number) => void): void {
  for (let i = 0; i < corners.length; i += 2) {
    const next = (i + 2) % corners.length;
    let [x0, y0, x1, y1] = [corners[i], corners[i + 1], corners[next], corners[next + 1]];
    const [across, down] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    const flat = across >= down;
    // Drawn from the lower end, so that rounding is the same in either direction.
    const backwards = flat ? x0 > x1 : y0 > y1;
    if (backwards) [x0, y0, x1, y1] = [x1, y1, x0, y0];
    const slope = flat ? (y1 - y0) / across : (x1 - x0) / down;
    const length = flat ? across : down;
    let [lastX, lastY] = [0, 0];
    for (let step = 0; step <= length; step++) {
      const t = backwards ? length - step : step;
      const x = flat ? x0 + t : Math.trunc(x0 + slope * t + 0.5);
      const y = flat ? Math.trunc(y0 + slope * t + 0.5) : y0 + t;
      // Ends of edges meet in one place, so a crossing always lies inside an edge.
      if (step > 0 && x !== lastX) {
        const left = Math.min(x, lastX);
        // Steps 2, 7, 12, ... are the ones before a centre line.
        if ((left - 2) % SCALE === 0) visit((left - 2) / SCALE, (Math.min(y, lastY) + 0.5) / SCALE - 0.5);
      }
      [lastX, lastY] = [x, y];
    }
  }
}

/** Run lengths from the sorted positions at which outside and inside change; two at one position undo each other. */
function runsBetween(turns: Float64Array, pixels: number): number[] {
  const counts: number[] = [];
  let last = 0;
  for (let i = 0; i < turns.length; i++) {
    if (turns[i] === turns[i + 1]) i += 1;
    else if (turns[i] < pixels) {
      counts.push(turns[i] - last);
      last = turns[i];
    }
  }
  counts.push(pixels - last);
  return counts;
}
