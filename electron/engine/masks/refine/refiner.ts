import type { RefineSettings } from '../../../../shared/settings/index.js';
import type { LabelMap, RgbImage } from '../../../../shared/types.js';
import type { LabelProbabilities } from '../../../../shared/fusion/rule.js';

/** What a refiner sees of one image. */
export interface RefineInputs {
  /** What the fusion rule made. */
  labels: LabelMap;
  /** Null where the rule has none. */
  probabilities: LabelProbabilities | null;
  /** Of the label map's size. */
  photo: RgbImage;
}

/** One way to correct a label map by its photo: a file of this folder and a line in registry.ts. */
export interface MaskRefiner {
  /**
   * The label map again; pixels that were ignored are ignored. Pure: equal inputs give equal bytes. Throws
   * `size-mismatch` for a photo too large for it.
   */
  refine(inputs: RefineInputs, settings: RefineSettings): LabelMap;
}
