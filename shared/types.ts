/** Where an image comes from (paper, section 4): the dataset in question, single-label images, noisy web images. */
export const domains = ['target', 'single-label', 'web'] as const;
export type Domain = (typeof domains)[number];

/** A decoded photo: `data` is uint8 [height, width, 3], RGB, row-major. */
export interface RgbImage {
  width: number;
  height: number;
  data: Uint8Array;
}

/** One byte a pixel, uint8 [height, width]: a localization map, a saliency map, or a label map. */
export interface ByteImage {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A label map: 0 background, class + 1, 255 ignore. */
export type LabelMap = ByteImage;

/** Label of pixels that take part in nothing. */
export const IGNORE = 255;

/** One float a position, float32 [height, width]; raw and signed where not said otherwise. */
export interface FloatMap {
  width: number;
  height: number;
  data: Float32Array;
}

/** One thing of a batch that could not be used: the rest went on. */
export interface Failure {
  /** Image id, where the failure is about one. */
  id?: string;
  file: string;
  code: import('./errors.js').ErrorCode;
  reason: string;
  /** What was done about it, e.g. `skipped` or `imported without ground truth`. */
  action: string;
}
