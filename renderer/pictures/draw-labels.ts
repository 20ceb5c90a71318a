import type { LabelMap } from '../../shared/types.js';
import { labelPixels } from './label-pixels.js';

/** Draws a label map on a canvas of its own size. */
export function drawLabels(canvas: HTMLCanvasElement, labels: LabelMap, palette: readonly (readonly number[])[]): void {
  const { width, height } = labels;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(new ImageData(labelPixels(labels, palette), width, height), 0, 0);
}
