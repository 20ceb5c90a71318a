import type { Ring } from './trace.js';

/**
 * The pixels whose centres lie inside the rings by the even-odd rule, as uint8 [height, width] of 0 and 1. Coordinates
 * are those of Ring, but need not be whole nor inside the image. A centre that a line runs through counts as right of it.
 */
export function fillRings(rings: readonly Readonly<Ring>[], width: number, height: number): Uint8Array {
  const filled = new Uint8Array(width * height);
  const crossings: number[][] = Array.from({ length: height }, () => []);
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length;
      addCrossings(crossings, ring[i], ring[i + 1], ring[next], ring[next + 1]);
    }
  }
  crossings.forEach((xs, y) => {
    xs.sort((a, b) => a - b);
    for (let k = 0; k + 1 < xs.length; k += 2) {
      const from = Math.max(0, Math.ceil(xs[k] - 0.5));
      const to = Math.min(width, Math.ceil(xs[k + 1] - 0.5));
      if (from < to) filled.fill(1, y * width + from, y * width + to);
    }
  });
  return filled;
}

/** Where a line crosses the middles of rows; its upper end belongs to it, its lower one to the next. */
function addCrossings(crossings: number[][], xa: number, ya: number, xb: number, yb: number): void {
  const [x0, y0, x1, y1] = ya < yb ? [xa, ya, xb, yb] : [xb, yb, xa, ya];
  const first = Math.max(0, Math.ceil(y0 - 0.5));
  const end = Math.min(crossings.length, Math.ceil(y1 - 0.5));
  for (let y = first; y < end; y++) crossings[y].push(x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0));
}
