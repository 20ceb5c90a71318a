import type { Tensor4D } from '@tensorflow/tfjs';
import { chained, type Step } from '../../ops/chain.js';
import { convolution } from '../../ops/convolution.js';
import { depthwiseConvolution } from '../../ops/depthwise.js';
import type { Tf } from '../../runtime/tensorflow.js';
import { frozenNorm, frozenNormSpecs } from '../frozen-norm.js';
import type { Parameters, ParameterSpecs } from '../parameters.js';
import type { Backbone } from './types.js';

/** Added to the variance of a batch norm; the published weights were trained with this. */
export const NORM_EPSILON = 1e-3;

/** Width multiplier of the published weights. */
const WIDTH = 0.75;

interface Block {
  index: number;
  from: number;
  to: number;
  stride: number;
  dilation: number;
}

/** Output widths at multiplier 1 and strides of the thirteen separable blocks (Howard et al., 2017, table 1). */
const published: readonly [width: number, stride: number][] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

const scaled = (width: number): number => Math.round(width * WIDTH);

/**
 * The blocks at stride 8: where the published net would halve a fourth and a fifth time it keeps the size, and every
 * block after that is dilated instead, so that each filter sees what it was trained to see.
 */
export const blocks: readonly Block[] = (() => {
  let from = scaled(32);
  let reached = 2;
  let dilation = 1;
  return published.map(([width, stride], i) => {
    const halves = stride === 2 && reached < 8;
    const block = { index: i + 1, from, to: scaled(width), stride: halves ? 2 : 1, dilation };
    if (halves) reached *= 2;
    else dilation *= stride;
    from = block.to;
    return block;
  });
})();

/** Last block of each stage, a stage being what one size (in the published net) is computed at. */
const lastBlockOfStage = [1, 3, 5, 11, 13];

function parameters(frozenStages: number): ParameterSpecs {
  const specs: ParameterSpecs = new Map();
  const lastFrozen = frozenStages === 0 ? -1 : lastBlockOfStage[frozenStages - 1];
  const kernel = (name: string, shape: number[], block: number): void => {
    const std = Math.sqrt(2 / (shape[0] * shape[1] * shape[2]));
    const group = block <= lastFrozen ? 'frozen' : 'backbone';
    specs.set(name, { shape, init: { kind: 'normal', std }, group, bias: false });
  };
  const norm = (name: string, channels: number): void => {
    for (const [part, spec] of frozenNormSpecs(name, channels)) specs.set(part, spec);
  };
  kernel('conv1.kernel', [3, 3, 3, scaled(32)], 0);
  norm('conv1_bn', scaled(32));
  for (const { index, from, to } of blocks) {
    kernel(`conv_dw_${index}.depthwise_kernel`, [3, 3, from, 1], index);
    norm(`conv_dw_${index}_bn`, from);
    kernel(`conv_pw_${index}.kernel`, [1, 1, from, to], index);
    norm(`conv_pw_${index}_bn`, to);
  }
  return specs;
}

/**
 * The first convolution and the first `count` separable blocks, or those of them that come after the first `done`.
 *
 * @param input float32 [B,H,W,3], photos at -1..1; with `done` what that many blocks give
 * @returns float32 [B,h,w,C] of the last of these blocks
 */
export function separableBlocks(tf: Tf, input: Tensor4D, weights: Parameters, count: number, done = 0): Tensor4D {
  // The scale of a norm goes into the kernel before it, so a layer is one fused operation.
  const convolve = (x: Tensor4D, layer: string, stride: number): Tensor4D => {
    const { scale, shift } = frozenNorm(tf, weights, `${layer}_bn`, NORM_EPSILON);
    return convolution(tf, x, tf.mul(weights[`${layer}.kernel`], scale), shift, { stride, activation: 'relu6' });
  };
  // [B,H,W,3] -> 24 at H/2, 48 at H/2, 96 at H/4, 192 at H/8, 384 at H/8, 768 at H/8
  const separable = blocks.slice(done, count).map(({ index, stride, dilation }): Step => (x) => {
    const { scale, shift } = frozenNorm(tf, weights, `conv_dw_${index}_bn`, NORM_EPSILON);
    const kernel = tf.mul(weights[`conv_dw_${index}.depthwise_kernel`], tf.reshape(scale, [1, 1, -1, 1]));
    const depthwise = tf.relu6(tf.add(depthwiseConvolution(tf, x, kernel, { stride, dilation }), shift));
    return convolve(depthwise as Tensor4D, `conv_pw_${index}`, 1);
  });
  const first: Step[] = done > 0 ? [] : [(photos) => convolve(photos, 'conv1', 2)];
  return tf.tidy(() => chained(tf, input, [...first, ...separable]));
}

/** MobileNetV1 at width 0.75 and stride 8, batch norm frozen; channel range -1..1 as it was trained. */
export const mobilenet: Backbone = {
  name: 'mobilenet',
  colours: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  stageCount: lastBlockOfStage.length,
  channels: scaled(1024),
  headChannels: 256,
  fromNothing: false,
  normalised: false,
  parameters,
  features(tf, x, weights, { from = 0, to = lastBlockOfStage.length } = {}) {
    const blocksUpTo = (stage: number): number => (stage === 0 ? 0 : lastBlockOfStage[stage - 1]);
    return to <= from ? x : separableBlocks(tf, x, weights, blocksUpTo(to), blocksUpTo(from));
  },
};
