import type { LabelMap } from '../../../shared/types.js';
import { confusionOf, undecidedLeftOut } from './confusion.js';
import { metricsOf } from './metrics.js';

/**
 * How much two label maps of one image agree, 0 to 1: the mean IoU over the labels that occur in either, where both decide;
 * 0 where they decide no pixel in common. Throws `size-mismatch`, `label-unknown`.
 *
 * @param labels background included
 */
export const agreementOf = (a: LabelMap, b: LabelMap, labels: number): number =>
  metricsOf(undecidedLeftOut(confusionOf(a, b, labels))).mIoU ?? 0;
