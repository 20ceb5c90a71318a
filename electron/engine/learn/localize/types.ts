import type { TrainSettings } from '../../../../shared/settings/index.js';
import type { Domain, FloatMap, RgbImage } from '../../../../shared/types.js';
import type { Tf } from '../runtime/tensorflow.js';
import type { NamedArrays } from '../weights/tensors.js';

/** An image with its labels, 0-based. */
export interface LocalizeImage {
  id: string;
  classes: number[];
  domain: Domain;
}

/** The localization map of one class in one image. */
export interface LocalizationMap {
  classIndex: number;
  /** Raw and signed, at feature size. */
  raw: FloatMap;
  /** 0..1: negatives to zero, divided by the largest value; at feature size, or that of the refinement. */
  scaled: FloatMap;
  /** Ids of the reference images that helped; empty in a single round. */
  references: string[];
}

export interface LocalizeInputs {
  tf: Tf;
  /** Weights of a run, under our names. */
  weights: NamedArrays;
  trainSettings: TrainSettings;
  classCount: number;
  /** Images to make maps of. */
  images: readonly LocalizeImage[];
  /** Images that may be references, of any domain. */
  pool: readonly LocalizeImage[];
  /** Stored references of an image and class, for the strategy `fixed`. */
  fixedReferences(id: string, classIndex: number): string[];
  readPhoto(id: string): Promise<RgbImage>;
  /** Called once an image, in order. */
  onMaps(id: string, photo: { width: number; height: number }, maps: LocalizationMap[]): Promise<void>;
}
