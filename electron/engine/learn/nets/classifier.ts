import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Domain } from '../../../../shared/types.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { chained, type Step } from '../ops/chain.js';
import { convolution } from '../ops/convolution.js';
import { normalisedConvolution } from '../ops/layerNorm.js';
import type { Tf } from '../runtime/tensorflow.js';
import { backbones, type Backbone } from './backbones/index.js';
import { classMaps, type Affinity } from './coattention.js';
import { convolutionSpecs, type Parameters, type ParameterSpec, type ParameterSpecs } from './parameters.js';

/** Settings that decide which weights the classifier has and what it computes with them. */
export type ClassifierSettings = Pick<
  TrainSettings,
  | 'backbone'
  | 'frozenStages'
  | 'head.coClassifier'
  | 'head.gateBias'
  | 'head.matrices'
  | 'affinity.form'
  | 'affinity.scale'
  | 'affinity.temperature'
  | 'affinity.centred'
  | 'affinity.learnTemperature'
  | 'affinity.init'
  | 'init.classifierStd'
>;

/** The three 3x3 convolutions behind the backbone, by the numbers the published code gives them. */
export const extraLayers = [0, 2, 4] as const;

/** One affinity matrix for each kind of pair (paper, section 4.2): within the target, within single-label, mixed. */
export const affinityKinds = ['target', 'single', 'mixed'] as const;
export type AffinityKind = (typeof affinityKinds)[number];

/** Which matrix a pair of images takes. Web images stand beside the target: their labels may be several. */
export function affinityKindOf(first: Domain, second: Domain): AffinityKind {
  const singles = Number(first === 'single-label') + Number(second === 'single-label');
  return singles === 0 ? 'target' : singles === 2 ? 'single' : 'mixed';
}

/** Every weight of the classifier: shape, first values, how it is trained. */
export function classifierParameters(settings: ClassifierSettings, classCount: number): ParameterSpecs {
  const backbone = backbones[settings.backbone];
  const specs: ParameterSpecs = new Map();
  for (const [name, spec] of backbone.parameters(settings.frozenStages)) specs.set(`backbone.${name}`, spec);

  const width = backbone.headChannels;
  const add = (name: string, shape: number[], init: ParameterSpec['init'], bias = false): void => {
    specs.set(name, { shape, init, group: 'new', bias });
  };
  // He initialisation by fan out, as the published code has it for every new convolution.
  const publishedStd = (size: number, to: number): number => Math.sqrt(2 / (size * size * to));
  const uniform: ParameterSpec['init'] = { kind: 'uniform', bound: 1 / Math.sqrt(width) };
  const small = settings['init.classifierStd'];
  const classifier: ParameterSpec['init'] = { kind: 'normal', std: small > 0 ? small : publishedStd(1, classCount) };

  extraLayers.forEach((index, i) => {
    const from = i === 0 ? backbone.channels : width;
    const std = publishedStd(3, width);
    for (const [name, spec] of convolutionSpecs(`extra.${index}`, { from, to: width, std, group: 'new' })) {
      specs.set(name, spec);
    }
  });
  add('classifier.weight', [1, 1, width, classCount], classifier);
  add('classifier.bias', [classCount], { kind: 'zeros' }, true);
  if (settings['head.coClassifier'] === 'separate') {
    add('coClassifier.weight', [1, 1, width, classCount], small > 0 ? classifier : uniform);
  }
  add('gate.weight', [1, 1, width, 1], small > 0 ? classifier : uniform);
  if (settings['head.gateBias']) add('gate.bias', [1], { kind: 'zeros' }, true);
  const kinds = settings['head.matrices'] === 'three' ? affinityKinds : affinityKinds.slice(0, 1);
  for (const kind of kinds) {
    add(
      `affinity.${kind}.weight`,
      [width, width],
      settings['affinity.init'] === 'identity' ? { kind: 'identity' } : uniform,
    );
  }
  if (settings['affinity.form'] === 'cosine') {
    const init = { kind: 'constant', value: settings['affinity.temperature'] } as const;
    specs.set('affinity.temperature', {
      shape: [],
      init,
      group: settings['affinity.learnTemperature'] ? 'backbone' : 'frozen',
      bias: false,
      decay: false,
    });
  }
  return specs;
}

/** Weights of the backbone without their prefix. */
function backboneWeights(weights: Parameters): Parameters {
  const prefix = 'backbone.';
  return Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}

/**
 * Features F that maps and co-attention are computed from: the backbone's, then three 3x3 convolutions with ReLU.
 *
 * @param x float32 [B,H,W,3], photos normalised by the backbone's colours; with `from` what its stages before that one give
 * @returns float32 [B,ceil(H/8),ceil(W/8),C], not negative
 */
export function features(tf: Tf, backbone: Backbone, weights: Parameters, x: Tensor4D, from = 0): Tensor4D {
  const extra = extraLayers.map((index): Step => {
    const [filter, bias] = [weights[`extra.${index}.weight`], weights[`extra.${index}.bias`]];
    return (y) =>
      backbone.normalised
        ? normalisedConvolution(tf, y, filter, bias)
        : convolution(tf, y, filter, bias, { activation: 'relu' });
  });
  const ofBackbone: Step = (photos) => backbone.features(tf, photos, backboneWeights(weights), { from });
  return tf.tidy(() => chained(tf, x, [ofBackbone, ...extra]));
}

/** Stages of the backbone, from the input, whose weights training leaves as they are. */
export const frozenStagesOf = (
  backbone: Backbone,
  { frozenStages }: Pick<ClassifierSettings, 'frozenStages'>,
): number => (backbone.fromNothing ? 0 : Math.min(frozenStages, backbone.stageCount));

/** What the first `count` stages of the backbone make of photos; `features` goes on from there. */
export function lowerFeatures(
  tf: Tf,
  backbone: Backbone,
  weights: Parameters,
  photos: Tensor4D,
  count: number,
): Tensor4D {
  return backbone.features(tf, photos, backboneWeights(weights), { to: count });
}

/** Basic maps S = phi(F), raw and signed: float32 [B,h,w,C] -> [B,h,w,K]. */
export function basicMaps(tf: Tf, weights: Parameters, x: Tensor4D): Tensor4D {
  return classMaps(tf, x, weights['classifier.weight'] as Tensor4D, weights['classifier.bias']);
}

/** Maps of co-attention or contrastive features: by the shared phi, or by the separate classifier without a bias. */
export function coMaps(tf: Tf, weights: Parameters, x: Tensor4D): Tensor4D {
  const separate = weights['coClassifier.weight'] as Tensor4D | undefined;
  return separate ? classMaps(tf, x, separate, null) : basicMaps(tf, weights, x);
}

/** Affinity matrix of a kind of pair; one matrix serves all where there is only one. */
export function affinityMatrix(weights: Parameters, kind: AffinityKind): Tensor2D {
  return (weights[`affinity.${kind}.weight`] ?? weights['affinity.target.weight']) as Tensor2D;
}

/** The affinity that settings ask for, with its learnt temperature. */
export function affinityForm(settings: ClassifierSettings, weights: Parameters): Affinity {
  switch (settings['affinity.form']) {
    case 'raw':
      return { form: 'raw' };
    case 'scaled':
      return { form: 'scaled', scale: settings['affinity.scale'] };
    case 'cosine':
      return {
        form: 'cosine',
        temperature: weights['affinity.temperature'] as Scalar,
        centred: settings['affinity.centred'],
      };
  }
}

export type GateWeights = { weight: Tensor4D; bias: Tensor | null };

/** Weights of the class-agnostic gate W_B. */
export const gateWeights = (weights: Parameters): GateWeights => ({
  weight: weights['gate.weight'] as Tensor4D,
  bias: weights['gate.bias'] ?? null,
});
