import type { RgbImage } from '../../../../shared/types.js';
import { bilateralKernel, gaussianKernel } from './kernels.js';
import { meanField } from './mean-field.js';

/** What the pairwise potentials of a dense CRF look like. */
export interface CrfParameters {
  iterations: number;
  /** `sxy`: standard deviation in px; `compat`: cost of unlike labels. A compat of 0 leaves the kernel out. */
  gaussian: { sxy: number; compat: number };
  /** Also `srgb`: standard deviation of colours, of 0..255. */
  bilateral: { sxy: number; srgb: number; compat: number };
}

/**
 * Marginals of the dense CRF over a photo, float32 [height, width, labels], from unary energies of that shape. Computes
 * as DenseCRF2D of the authors' library with its defaults: diagonal kernels, symmetric normalisation, Potts model.
 */
export function denseCrf(
  unary: Float32Array,
  labels: number,
  photo: RgbImage,
  { iterations, gaussian, bilateral }: CrfParameters,
): Float32Array {
  const terms = [
    { compat: gaussian.compat, kernel: () => gaussianKernel(photo, gaussian.sxy) },
    { compat: bilateral.compat, kernel: () => bilateralKernel(photo, bilateral.sxy, bilateral.srgb) },
  ].filter(({ compat }) => compat > 0 && iterations > 0);
  return meanField(unary, labels, terms, iterations);
}

export { unaryFromLabels, unaryFromProbabilities } from './unary.js';
