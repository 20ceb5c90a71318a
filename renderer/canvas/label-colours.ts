import { vocPalette, type Palette } from '../../shared/palette.js';
import { IGNORE } from '../../shared/types.js';

/** A colour as canvases keep it in memory (RGBA, little-endian). */
const packed = ([red, green, blue]: readonly number[], alpha: number): number =>
  ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/**
 * Colours of 256 labels, uint32 [256], for both stripes of a hatch: background and hidden labels are clear in both, ignored
 * pixels in the second. A label beyond the palette has VOC's colour.
 */
export function labelColours(palette: Palette, hidden: ReadonlySet<number>): [Uint32Array, Uint32Array] {
  const voc = vocPalette();
  const colours = Uint32Array.from({ length: 256 }, (_, label) =>
    label === 0 || hidden.has(label) ? 0 : packed((label === IGNORE ? null : palette[label]) ?? voc[label], 255),
  );
  const stripes = colours.slice();
  stripes[IGNORE] = 0;
  return [colours, stripes];
}

/**
 * Colours that stay apart for the colour-blind: those of Okabe and Ito (2008) without black, then the muted scheme of
 * Paul Tol (2021); after these they come again.
 */
const SAFE = [
  [230, 159, 0], [86, 180, 233], [0, 158, 115], [240, 228, 66], [0, 114, 178], [213, 94, 0], [204, 121, 167],
  [136, 204, 238], [17, 119, 51], [221, 204, 119], [51, 34, 136], [170, 68, 153], [68, 170, 153], [153, 153, 51],
  [136, 34, 85], [204, 102, 119],
] as const; // prettier-ignore

/** A palette for `count` labels of which the first is background. */
export const safePalette = (count: number): Palette =>
  Array.from({ length: count }, (_, label) => (label === 0 ? [0, 0, 0] : SAFE[(label - 1) % SAFE.length]));
