import type { ColourMapName } from './colour-maps.js';
import { overlayOutcome } from './overlay-outcome.js';
import { overlayHeat, overlayLabels, type LayerKind } from './recolour.js';

/** A layer's own pixels, to be read under the pointer. */
export interface LayerPixels {
  width: number;
  height: number;
  /** uint8 RGBA, row-major, as the file has them. */
  data: Uint8ClampedArray;
}

/** Whether a map of heat is zero everywhere, so that nothing of it is to be seen. */
export function isZero({ data }: LayerPixels): boolean {
  for (let i = 0; i < data.length; i += 4) if (data[i] !== 0) return false;
  return true;
}

/**
 * Loads a label map, a map of heat or of outcomes and draws it on a canvas of its own size, ready to lie over a photo. Null where
 * `signal` ended it. Rejects where the engine has no such picture.
 */
export async function drawLayer(
  canvas: HTMLCanvasElement,
  url: string,
  kind: LayerKind,
  signal: AbortSignal,
  colours?: ColourMapName,
): Promise<LayerPixels | null> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // Colours are labels: no colour management, and nothing multiplied.
  const options = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;
  const bitmap = await createImageBitmap(await response.blob(), options);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (signal.aborted || !context) return null;
  const { width, height } = bitmap;
  Object.assign(canvas, { width, height });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const image = context.getImageData(0, 0, width, height);
  const data = image.data.slice();
  if (kind === 'labels') overlayLabels(image.data, width);
  else if (kind === 'outcome') overlayOutcome(image.data, width, height);
  else overlayHeat(image.data, colours);
  context.putImageData(image, 0, 0);
  return { width, height, data };
}
