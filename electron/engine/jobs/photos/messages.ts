import type { ErrorDetails } from '../../../../shared/errors.js';
import type { RgbImage } from '../../../../shared/types.js';
import type { Purpose } from '../../learn/train/looks.js';

/** A photo to read and to prepare, under a number of its own. */
export interface ToPhotoThread {
  number: number;
  path: string;
  purpose: Purpose;
  withViews: boolean;
}

/** What becomes of it. */
export type FromPhotoThread = { number: number; images: RgbImage[] } | { number: number; error: ErrorDetails };
