import { isEmpty, around, shared, wholeOf, type Rect } from '../../shared/label-map/rect.js';
import type { LabelMap } from '../../shared/types.js';
import type { View } from '../composables/zoom.js';
import { renderLabels, type LabelLook } from './render-labels.js';
import { toScreen } from './view-geometry.js';

/** What the canvas shows. */
export interface Scene {
  map: LabelMap;
  /** In device pixels. */
  view: View;
  look: LabelLook;
}

/** Draws a label map on a canvas of the stage's size, once a frame, and of it only what has changed. */
export class StagePainter {
  #dirty: Rect | null = null;
  #waiting = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly scene: () => Scene | null,
  ) {}

  /** Pixels of the map have changed; without any, everything may have. */
  touch(rect?: Rect): void {
    const scene = this.scene();
    this.#dirty = around(this.#dirty, rect && scene ? toScreen(scene.view, rect) : wholeOf(this.canvas));
    this.#waiting ||= requestAnimationFrame(() => this.paint());
  }

  /** Draws what waits, now. */
  paint(): void {
    this.#waiting = 0;
    const part = this.#dirty && shared(this.#dirty, wholeOf(this.canvas));
    this.#dirty = null;
    const context = this.canvas.getContext('2d');
    if (!part || isEmpty(part) || !context) return;
    const [width, height] = [part.right - part.left, part.bottom - part.top];
    const scene = this.scene();
    if (!scene) return context.clearRect(part.left, part.top, width, height);
    const pixels = renderLabels(scene.map, scene.view, part, scene.look);
    const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer);
    context.putImageData(new ImageData(bytes, width, height), part.left, part.top);
  }

  stop(): void {
    cancelAnimationFrame(this.#waiting);
  }
}
