import type { Rect } from '../../shared/label-map/rect.js';
import type { Segmentation } from '../../shared/superpixels/slic.js';
import type { LabelMap } from '../../shared/types.js';
import type { View } from '../composables/zoom.js';

/** How labels are drawn. */
export interface LabelLook {
  /** Colours of labels for both stripes of a hatch; see labelColours. */
  colours: readonly [Uint32Array, Uint32Array];
  /** Only the outlines of regions. */
  contour: boolean;
  /** Regions whose borders are drawn as well. */
  regions: Segmentation | null;
}

/** Screen pixels of a stripe of a hatch. */
const STRIPE = 4;
/** White, half clear. */
const BORDER = 0x90ffffff;

/** The column or row of the image under each screen pixel from one before `from` to one after `to`; -1 beside the image. */
function sampled(from: number, to: number, offset: number, scale: number, size: number): Int32Array {
  return Int32Array.from({ length: to - from + 2 }, (_, k) => {
    const place = Math.floor((from - 1 + k + 0.5 - offset) / scale);
    return place >= 0 && place < size ? place : -1;
  });
}

/**
 * Draws the part of a label map that a rectangle of the screen shows, each screen pixel in the colour of the one label under
 * its centre. It costs what is drawn, whatever the size of the map.
 *
 * @param view in device pixels
 * @returns colours, uint32 [bottom - top, right - left]
 */
export function renderLabels(
  map: LabelMap,
  view: View,
  { left, top, right, bottom }: Rect,
  { colours: [full, striped], contour, regions }: LabelLook,
): Uint32Array {
  const { data, width } = map;
  const columns = right - left;
  const pixels = new Uint32Array(columns * (bottom - top));
  const xs = sampled(left, right, view.x, view.scale, width);
  const ys = sampled(top, bottom, view.y, view.scale, map.height);
  for (let y = top, o = 0; y < bottom; y++) {
    const [above, row, below] = [0, 1, 2].map((k) => ys[y - top + k] * width);
    if (row < 0) {
      o += columns;
      continue;
    }
    for (let k = 1; k <= columns; k++, o++) {
      const x = xs[k];
      if (x < 0) continue;
      const label = data[row + x];
      const colours = (left + k + y) & STRIPE ? striped : full;
      if (!contour || isEdge(data, label, x, row, above, below, xs[k - 1], xs[k + 1])) pixels[o] = colours[label];
      if (regions && xs[k + 1] >= 0 && below >= 0) {
        const own = regions.labels[row + x];
        if (own !== regions.labels[row + xs[k + 1]] || own !== regions.labels[below + x]) pixels[o] = BORDER;
      }
    }
  }
  return pixels;
}

/** Whether the screen pixel beside one shows another label, or none. */
const isEdge = (
  data: Uint8Array,
  label: number,
  x: number,
  row: number,
  above: number,
  below: number,
  before: number,
  after: number,
): boolean =>
  before < 0 ||
  after < 0 ||
  above < 0 ||
  below < 0 ||
  data[row + before] !== label ||
  data[row + after] !== label ||
  data[above + x] !== label ||
  data[below + x] !== label;
