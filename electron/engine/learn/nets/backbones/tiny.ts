import type { Tensor4D } from '@tensorflow/tfjs';
import { imagenetColours } from '../../../images/normalise.js';
import { chained, type Step } from '../../ops/chain.js';
import { normalisedConvolution } from '../../ops/layerNorm.js';
import type { Tf } from '../../runtime/tensorflow.js';
import { convolutionSpecs, type Parameters, type ParameterSpecs } from '../parameters.js';
import type { Backbone, Span } from './types.js';

/**
 * Width and number of convolutions of each stage; every stage halves the size. Small enough to learn from nothing in a
 * minute on two cores: at full size, where time goes, one narrow layer is enough to find colours for the pool to keep.
 */
const stages = [
  { width: 16, depth: 1 },
  { width: 32, depth: 2 },
  { width: 64, depth: 2 },
] as const;

interface Layer {
  name: string;
  stage: number;
  from: number;
  to: number;
}

/** Every convolution in its order. */
export const layers: readonly Layer[] = stages.flatMap(({ width, depth }, stage) =>
  Array.from({ length: depth }, (_, i) => ({
    name: `stage${stage + 1}.${i}`,
    stage,
    from: i > 0 ? width : stage > 0 ? stages[stage - 1].width : 3,
    to: width,
  })),
);

/** What starts from nothing has nothing to keep: no stage is ever frozen. */
function parameters(): ParameterSpecs {
  return new Map(
    layers.flatMap(({ name, from, to }) =>
      convolutionSpecs(name, { from, to, std: Math.sqrt(2 / (9 * from)), group: 'new' }),
    ),
  );
}

/** The layers with a pool of that size after each stage. */
function features(
  tf: Tf,
  photos: Tensor4D,
  weights: Parameters,
  pool: 2 | 3,
  { from = 0, to = stages.length }: Span = {},
): Tensor4D {
  // [B,H,W,3] -> 16 at H/2, 32 at H/4, 64 at H/8
  const steps = layers.map(({ name, stage }, i): Step => {
    const pooled = layers[i + 1]?.stage !== stage;
    return (x) => {
      if (stage < from || stage >= to) return x;
      const y = normalisedConvolution(tf, x, weights[`${name}.weight`], weights[`${name}.bias`]);
      return pooled ? tf.maxPool(y, pool, 2, 'same') : y;
    };
  });
  return tf.tidy(() => chained(tf, photos, steps));
}

/** A small net in the manner of VGG, for the sample and for tests: no weights file, stride 8. */
export const tiny: Backbone = {
  name: 'tiny',
  colours: imagenetColours,
  stageCount: stages.length,
  channels: 64,
  headChannels: 64,
  fromNothing: true,
  normalised: true,
  parameters,
  features: (tf, photos, weights, span) => features(tf, photos, weights, 2, span),
};

/** The same with pools of 3x3, whose positions lie on every eighth pixel: see vgg16DeepLab. */
export const tinyDeepLab: Backbone = {
  ...tiny,
  features: (tf, photos, weights, span) => features(tf, photos, weights, 3, span),
};
