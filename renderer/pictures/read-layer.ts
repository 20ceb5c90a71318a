import { vocPalette } from '../../shared/palette.js';
import type { LayerPixels } from './layer-canvas.js';

const IGNORE = 255;
const ignored = vocPalette()[IGNORE];

/** Colour of a layer under a pixel of its photo, which may be larger than the layer. */
function colourAt(
  layer: LayerPixels,
  at: { x: number; y: number },
  photo: { width: number; height: number },
): number[] {
  const x = Math.floor((at.x / photo.width) * layer.width);
  const y = Math.floor((at.y / photo.height) * layer.height);
  const start = (y * layer.width + x) * 4;
  return [...layer.data.subarray(start, start + 3)];
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((value, i) => value === b[i]);

/** The label under a pixel: 0 background, class + 1, 255 ignore; null for a colour that no label has. */
export function labelAt(
  layer: LayerPixels,
  at: { x: number; y: number },
  photo: { width: number; height: number },
  palette: readonly (readonly number[])[],
): number | null {
  const colour = colourAt(layer, at, photo);
  const label = palette.findIndex((one) => same(one, colour));
  if (label >= 0) return label;
  return same(ignored, colour) ? IGNORE : null;
}

/** The value of a map under a pixel, 0..1. */
export const heatAt = (
  layer: LayerPixels,
  at: { x: number; y: number },
  photo: { width: number; height: number },
): number => colourAt(layer, at, photo)[0] / 255;
