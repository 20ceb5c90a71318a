import { vocPalette } from '../../shared/palette.js';
import { IGNORE, type LabelMap } from '../../shared/types.js';
import { overlayLabels } from './recolour.js';

const ignored = vocPalette()[IGNORE];

/** Pixels of a label map in the colours of its labels, to lie over a photo: uint8 RGBA, background clear, ignore striped. */
export function labelPixels(
  { width, height, data }: LabelMap,
  palette: readonly (readonly number[])[],
): Uint8ClampedArray<ArrayBuffer> {
  const words = new Uint32Array(256);
  for (let label = 0; label < 256; label++) {
    const [red, green, blue] = label === IGNORE ? ignored : (palette[label] ?? ignored);
    words[label] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
  const pixels = new Uint8ClampedArray(width * height * 4);
  const all = new Uint32Array(pixels.buffer);
  for (let i = 0; i < data.length; i++) all[i] = words[data[i]];
  overlayLabels(pixels, width);
  return pixels;
}
