import type { Tensor4D } from '@tensorflow/tfjs';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import type { FloatMap, RgbImage } from '../../../../shared/types.js';
import { mirror, resizeBilinear, resizeCubicFloat } from '../../images/index.js';
import type { Backbone } from '../nets/backbones/index.js';
import { features } from '../nets/classifier.js';
import type { Parameters } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { photoBatch } from '../batch.js';

/** How an image is looked at: its size relative to the input size, and whether it is mirrored. */
export interface View {
  scale: number;
  mirrored: boolean;
}

/** The image as it is, at the input size. References are seen like this. */
export const plainView: View = { scale: 1, mirrored: false };

export const isPlain = ({ scale, mirrored }: View): boolean => scale === 1 && !mirrored;

/** Stride of every backbone: sizes are rounded to a multiple, so that each position stands for as many pixels. */
const STRIDE = 8;

/** Views whose maps the aggregation `mean` averages. */
export function viewsOf({ scales, mirror: withMirror }: Pick<LocalizeSettings, 'scales' | 'mirror'>): View[] {
  return scales.flatMap((scale) =>
    withMirror
      ? [
          { scale, mirrored: false },
          { scale, mirrored: true },
        ]
      : [{ scale, mirrored: false }],
  );
}

/** Side of the square that a view is computed at, px. */
export const sideOf = ({ scale }: View, inputSize: number): number =>
  Math.max(STRIDE, Math.round((inputSize * scale) / STRIDE) * STRIDE);

/** Features of a photo in a view: float32 [1,side/8,side/8,C]; the caller disposes them. */
export function viewFeatures(
  tf: Tf,
  backbone: Backbone,
  weights: Parameters,
  photo: RgbImage,
  view: View,
  inputSize: number,
): Tensor4D {
  const side = sideOf(view, inputSize);
  const squashed = resizeBilinear(photo, side, side);
  return tf.tidy(() =>
    features(tf, backbone, weights, photoBatch(tf, [view.mirrored ? mirror(squashed) : squashed], backbone.colours)),
  );
}

/** A view's map brought back to the plain view: mirrored back, resized by bicubic interpolation. */
export function toPlainView(map: FloatMap, { mirrored }: View, size: { width: number; height: number }): FloatMap {
  const upright = mirrored ? mirror(map) : map;
  const same = upright.width === size.width && upright.height === size.height;
  return same ? upright : resizeCubicFloat(upright, size.width, size.height);
}
