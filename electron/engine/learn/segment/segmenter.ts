import type { Tensor4D } from '@tensorflow/tfjs';
import type { segmenterNames, SegmentSettings } from '../../../../shared/settings/index.js';
import type { Backbone } from '../nets/backbones/index.js';
import { mobilenet } from '../nets/backbones/mobilenet.js';
import { resnet101, resnet101Caffe } from '../nets/backbones/resnet.js';
import { tinyDeepLab } from '../nets/backbones/tiny.js';
import { vgg16DeepLab } from '../nets/backbones/vgg16.js';
import type { Parameters, ParameterSpecs } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { headParameters, headScores, type Between, type HeadSettings } from './head.js';

/** Settings that decide which weights a segmenter has and what it computes with them. */
export type SegmenterSettings = HeadSettings & Pick<SegmentSettings, 'segmenter' | 'frozenStages' | 'resnet.stride'>;

/** The net in front of the head, by the segmenter's name. */
const backbones: Record<(typeof segmenterNames)[number], (settings: SegmenterSettings) => Backbone> = {
  'vgg16-largefov': () => vgg16DeepLab,
  'resnet101-largefov': (settings) => (settings['resnet.stride'] === '1x1' ? resnet101Caffe : resnet101),
  'mobilenet-largefov': () => mobilenet,
  'tiny-largefov': () => tinyDeepLab,
};

/** A net that turns photos into scores of every label at an eighth of their size. */
export interface Segmenter {
  backbone: Backbone;
  /** Background included. */
  labels: number;
  /** Every weight: shape, first values, how it is trained; those of the backbone begin with `backbone.`. */
  specs: ParameterSpecs;
  /**
   * @param photos float32 [B,H,W,3], normalised by the backbone's colours; sides a multiple of 8 plus 1, so that position
   *   [i,j] lies on pixel [8i,8j]
   * @returns float32 [B,(H-1)/8+1,(W-1)/8+1,labels], raw
   */
  scores(tf: Tf, weights: Parameters, photos: Tensor4D, between?: Between): Tensor4D;
}

const PREFIX = 'backbone.';

/** The weights of the backbone without their prefix. */
const ofBackbone = (weights: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, tensor]) => [name.slice(PREFIX.length), tensor]),
  );

/** The segmenter that the settings name, for that many classes. */
export function segmenterOf(settings: SegmenterSettings, classCount: number): Segmenter {
  const backbone = backbones[settings.segmenter](settings);
  const labels = classCount + 1;
  const own = [...backbone.parameters(settings.frozenStages)].map(([name, spec]) => {
    // Biases do not decay in DeepLab; the classifier's do, as its published code has it.
    return [PREFIX + name, spec.bias ? { ...spec, decay: false } : spec] as const;
  });
  return {
    backbone,
    labels,
    specs: new Map([...own, ...headParameters(backbone.channels, labels, backbone.fromNothing, settings)]),
    scores: (tf, weights, photos, between) =>
      tf.tidy(() => {
        const features = backbone.features(tf, photos, ofBackbone(weights));
        return headScores(tf, weights, features, settings['head.dilation'], between);
      }),
  };
}

/** The least side that is a multiple of 8 plus 1 and not less than `side`. */
export const fittingSide = (side: number): number => Math.ceil((Math.max(side, 1) - 1) / 8) * 8 + 1;
