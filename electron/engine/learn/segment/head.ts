import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { SegmentSettings } from '../../../../shared/settings/index.js';
import type { Parameters, ParameterSpec, ParameterSpecs } from '../nets/parameters.js';
import { chained, type Step } from '../ops/chain.js';
import { convolution, type ConvolutionOptions } from '../ops/convolution.js';
import type { Tf } from '../runtime/tensorflow.js';

export type HeadSettings = Pick<SegmentSettings, 'head.channels' | 'head.dilation' | 'head.bias'>;

/**
 * Spread of the first weights behind a trained backbone, as DeepLab has it. Such a backbone's features are far from unit size
 * (VGG's are in the tens), so layers that keep the size would start from scores as wrong as they are large.
 */
const TRAINED_STD = 0.01;

/** The two layers of the head that have an activation behind them. */
export type HeadLayer = 'fc6' | 'fc7';

/** What becomes of a layer's activations before the next one sees them: float32 [B,h,w,C] of the same shape. */
export type Between = (layer: HeadLayer, x: Tensor4D) => Tensor4D;

/**
 * The weights of DeepLab's LargeFOV head: `fc6` 3x3, `fc7` and `score` 1x1.
 *
 * @param channels of the features
 * @param labels background included
 * @param fromNothing whether the backbone is not trained: it then needs gradients from the first step
 */
export function headParameters(
  channels: number,
  labels: number,
  fromNothing: boolean,
  settings: HeadSettings,
): ParameterSpecs {
  const width = settings['head.channels'];
  const specs: ParameterSpecs = new Map();
  const spread = (inputs: number): number => (fromNothing ? Math.sqrt(2 / inputs) : TRAINED_STD);
  const add = (name: string, shape: number[], std: number, bias: boolean): void => {
    const weight: ParameterSpec = { shape, init: { kind: 'normal', std }, group: 'new', bias: false };
    specs.set(`${name}.weight`, weight);
    if (bias) {
      specs.set(`${name}.bias`, { shape: [shape[3]], init: { kind: 'zeros' }, group: 'new', bias: true, decay: false });
    }
  };
  add('fc6', [3, 3, channels, width], spread(9 * channels), settings['head.bias']);
  add('fc7', [1, 1, width, width], spread(width), settings['head.bias']);
  add('score', [1, 1, width, labels], spread(width), true);
  return specs;
}

/**
 * Scores of every label: a dilated 3x3 convolution, a 1x1, both with ReLU, and a 1x1 (Chen et al., ICLR 2015, LargeFOV).
 *
 * @param features float32 [B,h,w,C]
 * @param between dropout, in training
 * @returns float32 [B,h,w,labels], raw
 */
export function headScores(
  tf: Tf,
  weights: Parameters,
  features: Tensor4D,
  dilation: number,
  between: Between = (_, x) => x,
): Tensor4D {
  const bias = (name: string): Tensor | null => weights[`${name}.bias`] ?? null;
  const hidden = (name: HeadLayer, options: ConvolutionOptions): Step[] => [
    (x) => convolution(tf, x, weights[`${name}.weight`], bias(name), { ...options, activation: 'relu' }),
    (x) => between(name, x),
  ];
  const score: Step = (x) => convolution(tf, x, weights['score.weight'], bias('score'));
  return tf.tidy(() => chained(tf, features, [...hidden('fc6', { dilation }), ...hidden('fc7', {}), score]));
}
