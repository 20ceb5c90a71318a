import type { SaliencySettings } from '../../../../shared/settings/saliency.js';
import type { ByteImage, RgbImage } from '../../../../shared/types.js';

/** A source that is ready: model loaded, folder found. */
export interface OpenSaliency {
  /**
   * The saliency map of a photo: uint8 of the photo's size, 0 background .. 255 stands out. `id` is the image's id.
   * Throws StudioError for this photo alone; the source stays usable.
   */
  saliencyOf(photo: RgbImage, id: string): Promise<ByteImage>;
  close(): Promise<void>;
}

/** Where saliency maps come from. A new one is a file in this folder and a line in registry.ts. */
export interface SaliencySource {
  readonly name: string;
  /** Throws StudioError where the source as a whole cannot be used: no such model, no such folder, wrong settings. */
  open(settings: SaliencySettings): Promise<OpenSaliency>;
}
