import type { Components, Connectivity } from './components.js';

/**
 * A closed line along pixel edges: x0, y0, x1, y1, ... in pixels from the upper left corner of the image, where the
 * pixel (x, y) spans [x, x + 1] by [y, y + 1]. Only corners are listed; the last joins the first.
 */
export type Ring = number[];

/** Headings east, south, west, north: a step, and where the pixels ahead lie from the corner that was reached. */
const HEADINGS = [
  { dx: 1, dy: 0, right: [0, 0], left: [0, -1] },
  { dx: 0, dy: 1, right: [-1, 0], left: [0, 0] },
  { dx: -1, dy: 0, right: [-1, -1], left: [-1, 0] },
  { dx: 0, dy: -1, right: [0, -1], left: [-1, -1] },
] as const;

const EAST = 0;

/**
 * The outlines of every component: first the outer one, clockwise as seen, then its holes, counter-clockwise; the
 * component is on the right hand all along. `connectivity` must be the one that the components were made with: it says
 * whether a line that meets another at a corner joins pixels there or parts them. Filled by even-odd (fillRings), the
 * rings give the pixels of the component exactly.
 */
export function traceComponents(pieces: Components, connectivity: Connectivity): Ring[][] {
  const { width, height, ids, components } = pieces;
  const outlines: Ring[][] = components.map(() => []);
  const seen = new Uint8Array(width * height);
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? -1 : ids[y * width + x]);

  const trace = (x0: number, y0: number, id: number): Ring => {
    const ring: Ring = [];
    let [x, y, heading] = [x0, y0, EAST];
    do {
      if (heading === EAST) seen[y * width + x] = 1;
      const { dx, dy, right, left } = HEADINGS[heading];
      x += dx;
      y += dy;
      const inRight = at(x + right[0], y + right[1]) === id;
      const inLeft = at(x + left[0], y + left[1]) === id;
      if (inRight && !inLeft) continue;
      const turnsLeft = inLeft && (inRight || connectivity === 8);
      heading = (heading + (turnsLeft ? 3 : 1)) % 4;
      ring.push(x, y);
    } while (x !== x0 || y !== y0 || heading !== EAST);
    return ring;
  };

  // Every ring has an edge with its component below, so a scan for upper edges finds all; a component's outer one first.
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (ids[i] >= 0 && !seen[i] && at(x, y - 1) !== ids[i]) outlines[ids[i]].push(trace(x, y, ids[i]));
    }
  }
  return outlines;
}

/** Area inside a ring in pixels; negative where it runs counter-clockwise as seen, as holes do. */
export function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    twice += ring[i] * ring[next + 1] - ring[next] * ring[i + 1];
  }
  return twice / 2;
}
