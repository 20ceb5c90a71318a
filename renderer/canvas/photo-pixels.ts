import { shallowRef } from 'vue';
import { superpixelLevels } from '../../shared/label-map/superpixel.js';
import type { Photo } from '../../shared/label-map/wand.js';
import type { Segmentation } from '../../shared/superpixels/slic.js';
import { askWorker } from '../workers/ask-worker.js';

/** Reads a photo's pixels. Rejects where it cannot be had. */
async function pixelsOf(url: string): Promise<Photo> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const bitmap = await createImageBitmap(await response.blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('there is no memory for the photo');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** The pixels and superpixels of a photo, read and made when a tool first asks for them. */
export class PhotoPixels {
  readonly #photo = shallowRef<Photo | null>(null);
  readonly #regions = shallowRef(new Map<number, Segmentation>());
  #asked: Promise<Photo> | null = null;
  readonly #making = new Set<number>();

  constructor(
    private readonly url: string,
    private readonly size: { width: number; height: number },
    private readonly onFailure: (reason: unknown) => void,
  ) {}

  photo(): Photo | null {
    void this.#load();
    return this.#photo.value;
  }

  superpixels(level: number): Segmentation | null {
    const made = this.#regions.value.get(level);
    if (!made && !this.#making.has(level)) void this.#make(level);
    return made ?? null;
  }

  async #load(): Promise<Photo | null> {
    this.#asked ??= pixelsOf(this.url);
    try {
      const photo = await this.#asked;
      const fits = photo.width === this.size.width && photo.height === this.size.height;
      return fits ? (this.#photo.value = photo) : null;
    } catch (reason) {
      this.onFailure(reason);
      return null;
    }
  }

  async #make(level: number): Promise<void> {
    this.#making.add(level);
    const photo = await this.#load();
    if (!photo) return;
    try {
      const regions = await askWorker('superpixels', { photo, count: superpixelLevels[level] });
      this.#regions.value = new Map([...this.#regions.value, [level, regions]]);
    } catch (reason) {
      this.onFailure(reason);
    }
  }
}
