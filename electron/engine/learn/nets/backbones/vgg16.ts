import type { Tensor4D } from '@tensorflow/tfjs';
import { imagenetColours } from '../../../images/normalise.js';
import { chained, type Step } from '../../ops/chain.js';
import { convolution } from '../../ops/convolution.js';
import type { Tf } from '../../runtime/tensorflow.js';
import { convolutionSpecs, type Parameters, type ParameterSpecs } from '../parameters.js';
import type { Backbone, Span } from './types.js';

interface Layer {
  /** torchvision's number of the convolution in `features`. */
  index: number;
  from: number;
  to: number;
}
interface Stage {
  layers: Layer[];
  dilation: number;
  /** Pooling after the stage; the fourth keeps the size, the fifth stage has none. */
  pool: { size: number; stride: number } | null;
}

const half = { size: 2, stride: 2 };

/** VGG-16, configuration D (Simonyan and Zisserman, 2015), at stride 8: pool 4 keeps the size, conv5 is dilated. */
export const stages: readonly Stage[] = [
  { layers: chain(0, 3, [64, 64]), dilation: 1, pool: half },
  { layers: chain(5, 64, [128, 128]), dilation: 1, pool: half },
  { layers: chain(10, 128, [256, 256, 256]), dilation: 1, pool: half },
  { layers: chain(17, 256, [512, 512, 512]), dilation: 1, pool: { size: 3, stride: 1 } },
  { layers: chain(24, 512, [512, 512, 512]), dilation: 2, pool: null },
];

/** Consecutive convolutions; each takes two numbers, its own and its activation's. */
function chain(firstIndex: number, from: number, widths: readonly number[]): Layer[] {
  return widths.map((to, i) => ({ index: firstIndex + 2 * i, from: i === 0 ? from : widths[i - 1], to }));
}

function parameters(frozenStages: number): ParameterSpecs {
  return new Map(
    stages.flatMap(({ layers }, stage) => {
      const group = stage < frozenStages ? 'frozen' : 'backbone';
      return layers.flatMap(({ index, from, to }) =>
        convolutionSpecs(`features.${index}`, { from, to, std: Math.sqrt(2 / (9 * to)), group }),
      );
    }),
  );
}

/** A pooling after a stage. */
type Pool = NonNullable<Stage['pool']>;

/**
 * The convolutions with their pools, `reduced` those that halve the size.
 *
 * @param photos float32 [B,H,W,3]
 * @returns float32 [B,h,w,512]
 */
function features(tf: Tf, photos: Tensor4D, weights: Parameters, reduced: Pool, { from, to }: Span = {}): Tensor4D {
  // [B,H,W,3] -> 64 at H/2, 128 at H/4, 256 at H/8, 512 at H/8, 512 at H/8 (after each stage's pool)
  const steps = stages.slice(from, to).flatMap(({ layers, dilation, pool }): Step[] => {
    const { size, stride } = pool === half ? reduced : (pool ?? { size: 1, stride: 1 });
    const convolutions = layers.map(({ index }): Step => {
      const [filter, bias] = [weights[`features.${index}.weight`], weights[`features.${index}.bias`]];
      return (x) => convolution(tf, x, filter, bias, { dilation, activation: 'relu' });
    });
    return size === 1
      ? convolutions
      : [...convolutions, (x) => tf.maxPool(x, size, stride, size === 2 ? 'valid' : 'same')];
  });
  return tf.tidy(() => chained(tf, photos, steps));
}

export const vgg16: Backbone = {
  name: 'vgg16',
  colours: imagenetColours,
  stageCount: stages.length,
  channels: 512,
  headChannels: 512,
  fromNothing: false,
  normalised: false,
  parameters,
  features: (tf, photos, weights, span) => features(tf, photos, weights, half, span),
};

/**
 * The same weights as DeepLab has them (Chen et al., ICLR 2015): every pool is 3x3, so that a position of the features lies
 * on every eighth pixel of a photo whose sides are a multiple of 8 plus 1. A last maximum and a last mean keep the size.
 */
export const vgg16DeepLab: Backbone = {
  ...vgg16,
  features: (tf, photos, weights) =>
    tf.tidy(() => {
      const pooled = tf.maxPool(features(tf, photos, weights, { size: 3, stride: 2 }), 3, 1, 'same');
      return tf.avgPool(pooled, 3, 1, 'same');
    }),
};
