import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { PredictSettings } from '../../../../shared/settings/index.js';
import type { LabelMap, RgbImage } from '../../../../shared/types.js';
import { mirror, resizeBilinear } from '../../images/index.js';
import { photoBatch } from '../batch.js';
import type { Parameters } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { enlarged } from './loss.js';
import { meanColour, scaledSize, window } from './samples.js';
import { fittingSide, type Segmenter } from './segmenter.js';

/** How likely each label is at each pixel of a photo. */
export interface Probabilities {
  width: number;
  height: number;
  /** float32 [height,width,labels]; they sum to 1 at each pixel. */
  data: Float32Array;
}

export type ViewSettings = Pick<PredictSettings, 'scales' | 'mirror' | 'longestSide'>;

/**
 * Numbers that the probabilities of one photo may hold (256 MB); a few such tensors are there at a time. Larger photos get
 * theirs at a reduced size.
 */
const MOST_VALUES = 2 ** 26;

/** Pixels that the net sees at a time: the first layers of VGG-16 hold 256 bytes for each, and two of them at once. */
const MOST_PIXELS = 2 ** 22;

/** The size brought down, in its proportions, to at most that many pixels. */
function bounded(
  { width, height }: { width: number; height: number },
  most: number,
): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(most / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

/** Size at which a photo's probabilities are computed: its own, unless they would take too much memory. */
export const probabilitySize = (
  photo: { width: number; height: number },
  labels: number,
): { width: number; height: number } => bounded(photo, MOST_VALUES / labels);

/** Scores of photos of one size at that size: padded to one that the net's positions fit, and cut back. */
function scoresOf(tf: Tf, { backbone, scores }: Segmenter, weights: Parameters, photos: readonly RgbImage[]): Tensor4D {
  const [{ width, height }] = photos;
  const fitting = { width: fittingSide(width), height: fittingSide(height) };
  const padded = photos.map((photo) => window(photo, { x: 0, y: 0 }, fitting, meanColour(backbone.colours)));
  const whole = enlarged(tf, scores(tf, weights, photoBatch(tf, padded, backbone.colours)), fitting.height, fitting.width); // prettier-ignore
  return tf.slice(whole, [0, 0, 0, 0], [photos.length, height, width, -1]);
}

/** A photo at one scale as the net sees it at a time: as it is, mirrored, or both, which takes a tenth less than one by one. */
interface View {
  scale: number;
  mirrored: readonly boolean[];
}

/** The views of a photo that are averaged: each scale, as it is and mirrored; both at once where they are small enough. */
function viewsOf(photo: RgbImage, settings: ViewSettings, most: number): View[] {
  return settings.scales.flatMap((scale): View[] => {
    if (!settings.mirror) return [{ scale, mirrored: [false] }];
    const { width, height } = scaledSize(photo, settings.longestSide, scale);
    const together = 2 * width * height <= most;
    return together
      ? [{ scale, mirrored: [false, true] }]
      : [
          { scale, mirrored: [false] },
          { scale, mirrored: [true] },
        ];
  });
}

/**
 * Probabilities of every label, the mean over the views: softmax of the scores, brought to one size by bilinear
 * interpolation.
 *
 * @returns float32 [height,width,labels] on the device; the caller disposes it
 */
export function meanProbabilities(
  tf: Tf,
  segmenter: Segmenter,
  weights: Parameters,
  photo: RgbImage,
  settings: ViewSettings,
): Tensor3D {
  const { width, height } = probabilitySize(photo, segmenter.labels);
  const most = Math.min(MOST_PIXELS, MOST_VALUES / segmenter.labels);
  const share = 1 / (settings.scales.length * (settings.mirror ? 2 : 1));
  let sum: Tensor | null = null;
  try {
    for (const { scale, mirrored } of viewsOf(photo, settings, most)) {
      const before: Tensor | null = sum;
      sum = tf.tidy(() => {
        const size = bounded(scaledSize(photo, settings.longestSide, scale), most);
        const seen = resizeBilinear(photo, size.width, size.height);
        const scores = scoresOf(tf, segmenter, weights, mirrored.map((turned) => (turned ? mirror(seen) : seen))); // prettier-ignore
        return mirrored.reduce<Tensor | null>((total, turned, i) => {
          const own = tf.slice(scores, [i, 0, 0, 0], [1, -1, -1, -1]);
          const upright = turned ? (tf.reverse(own, 2) as Tensor4D) : own;
          const part = tf.softmax(tf.image.resizeBilinear(upright, [height, width], false, true));
          return total ? tf.add(total, part) : part;
        }, before)!;
      });
      before?.dispose();
    }
    return tf.tidy(() => tf.squeeze(tf.mul(sum!, share), [0]) as Tensor3D);
  } finally {
    sum?.dispose();
  }
}

/** As meanProbabilities, in plain memory. */
export function probabilitiesOf(
  tf: Tf,
  segmenter: Segmenter,
  weights: Parameters,
  photo: RgbImage,
  settings: ViewSettings,
): Probabilities {
  const mean = meanProbabilities(tf, segmenter, weights, photo, settings);
  const [height, width] = mean.shape;
  const data = mean.dataSync() as Float32Array;
  mean.dispose();
  return { width, height, data };
}

/** The likeliest label at each pixel, of the photo's size or that of probabilitySize. */
export function labelsOf(
  tf: Tf,
  segmenter: Segmenter,
  weights: Parameters,
  photo: RgbImage,
  settings: ViewSettings,
): LabelMap {
  const mean = meanProbabilities(tf, segmenter, weights, photo, settings);
  const best = tf.argMax(mean, 2);
  const [height, width] = mean.shape;
  const data = Uint8Array.from(best.dataSync());
  tf.dispose([mean, best]);
  return { width, height, data };
}
