import type { backboneNames } from '../../../../shared/settings/index.js';
import { NORM_EPSILON as MOBILENET_EPSILON, blocks as mobilenetBlocks } from '../nets/backbones/mobilenet.js';
import { NORM_EPSILON as RESNET_EPSILON, blocksOf, resnetDepths } from '../nets/backbones/resnet.js';
import { layers as tinyLayers } from '../nets/backbones/tiny.js';
import { stages as vggStages } from '../nets/backbones/vgg16.js';
import { VARIANCE_EPSILON } from '../ops/layerNorm.js';
import type { NamedArray, NamedArrays } from '../weights/tensors.js';
import { weightOf, type LayerOptions, type OnnxGraph, type Value } from './graph.js';

/** What differs between a backbone under the classifier and under a segmenter. */
export interface BackboneVariant {
  /** DeepLab's pools of 3x3, and those at the end of VGG-16. */
  deepLab: boolean;
  /** The convolution of a ResNet's block that halves the size: 2 as torchvision, 1 as Caffe. */
  strided: 1 | 2;
}

type BackboneGraph = (graph: OnnxGraph, x: Value, weights: NamedArrays, variant: BackboneVariant) => Value;

/** A kernel and bias with the frozen batch norm behind them put in. */
function normFolded(
  weights: NamedArrays,
  kernel: NamedArray,
  norm: string,
  epsilon: number,
): { kernel: NamedArray; bias: Float32Array } {
  const part = (name: string): Float32Array => weightOf(weights, `${norm}.${name}`).data;
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(part);
  const scale = gamma.map((value, i) => value / Math.sqrt(variance[i] + epsilon));
  const data = kernel.data.map((value, i) => value * scale[i % scale.length]);
  return { kernel: { shape: kernel.shape, data }, bias: beta.map((value, i) => value - mean[i] * scale[i]) };
}

const vgg16: BackboneGraph = (graph, photos, weights, { deepLab }) => {
  const features = vggStages.reduce((x, { layers, dilation, pool }) => {
    const y = layers.reduce((input, { index }) => {
      const name = `features.${index}`;
      const [kernel, bias] = ['weight', 'bias'].map((part) => weightOf(weights, `${name}.${part}`));
      return graph.convolution(input, name, kernel, bias.data, { dilation, activation: 'relu' });
    }, x);
    if (!pool) return y;
    if (pool.stride === 1) return graph.pool('MaxPool', y, pool.size, 1, 'symmetric');
    return graph.pool('MaxPool', y, deepLab ? 3 : 2, 2, deepLab ? 'tensorflow' : 'none');
  }, photos);
  if (!deepLab) return features;
  return graph.pool('AveragePool', graph.pool('MaxPool', features, 3, 1, 'symmetric'), 3, 1, 'symmetric');
};

const tiny: BackboneGraph = (graph, photos, weights, { deepLab }) =>
  tinyLayers.reduce((x, { name, stage }, i) => {
    const kernel = weightOf(weights, `${name}.weight`);
    const bias = weightOf(weights, `${name}.bias`).data;
    const y = graph.normalisedRelu(graph.convolution(x, name, kernel, null), name, bias, VARIANCE_EPSILON);
    return tinyLayers[i + 1]?.stage === stage ? y : graph.pool('MaxPool', y, deepLab ? 3 : 2, 2, 'tensorflow');
  }, photos);

const mobilenet: BackboneGraph = (graph, photos, weights) => {
  const layer = (x: Value, name: string, kernel: NamedArray, options: LayerOptions): Value => {
    const folded = normFolded(weights, kernel, `${name}_bn`, MOBILENET_EPSILON);
    return graph.convolution(x, name, folded.kernel, folded.bias, {
      padding: 'tensorflow',
      activation: 'relu6',
      ...options,
    });
  };
  const first = layer(photos, 'conv1', weightOf(weights, 'conv1.kernel'), { stride: 2 });
  return mobilenetBlocks.reduce((x, { index, from, stride, dilation }) => {
    const depthwise = weightOf(weights, `conv_dw_${index}.depthwise_kernel`);
    // [3,3,C,1] holds the same numbers as [3,3,1,C]: one kernel for each group of one channel.
    const kernel = { shape: [3, 3, 1, from], data: depthwise.data };
    const filtered = layer(x, `conv_dw_${index}`, kernel, { stride, dilation, groups: from });
    return layer(filtered, `conv_pw_${index}`, weightOf(weights, `conv_pw_${index}.kernel`), {});
  }, first);
};

const resnet =
  (name: keyof typeof resnetDepths): BackboneGraph =>
  (graph, photos, weights, { strided }) => {
    const layer = (x: Value, convolution: string, norm: string, options: LayerOptions): Value => {
      const folded = normFolded(weights, weightOf(weights, `${convolution}.weight`), norm, RESNET_EPSILON);
      return graph.convolution(x, convolution, folded.kernel, folded.bias, options);
    };
    const stem = layer(photos, 'conv1', 'bn1', { stride: 2, activation: 'relu' });
    const blocks = blocksOf(resnetDepths[name], strided).flat();
    return blocks.reduce(
      (x, { name: block, stride, dilation }) => {
        const part = (input: Value, i: number, options: LayerOptions): Value =>
          layer(input, `${block}.conv${i}`, `${block}.bn${i}`, options);
        const strideOf = (i: number): number => (i === strided ? stride : 1);
        const reduced = part(x, 1, { stride: strideOf(1), activation: 'relu' });
        const inner = part(reduced, 2, { stride: strideOf(2), dilation, activation: 'relu' });
        const projected = weights.has(`${block}.downsample.0.weight`);
        const shortcut = projected ? layer(x, `${block}.downsample.0`, `${block}.downsample.1`, { stride }) : x;
        return graph.node('Relu', [graph.node('Add', [part(inner, 3, {}), shortcut])]);
      },
      graph.pool('MaxPool', stem, 3, 2, 'symmetric'),
    );
  };

/** The graph of each backbone: what `features` of nets/backbones computes. */
export const backboneGraphs: Record<(typeof backboneNames)[number], BackboneGraph> = {
  vgg16,
  resnet50: resnet('resnet50'),
  resnet101: resnet('resnet101'),
  mobilenet,
  tiny,
};
