import type { SegmentSettings, TrainSettings } from '../../../../shared/settings/index.js';
import type { Colours } from '../../images/index.js';
import { backbones } from '../nets/backbones/index.js';
import { extraLayers } from '../nets/classifier.js';
import { VARIANCE_EPSILON } from '../ops/layerNorm.js';
import { segmenterOf } from '../segment/segmenter.js';
import type { NamedArrays } from '../weights/tensors.js';
import { backboneGraphs } from './backbones.js';
import { encodeOnnx, type OnnxPort } from './encode.js';
import { OnnxGraph, weightOf, type Value } from './graph.js';

/** Name and shape of what both models take: RGB, 0 to 255. */
const PHOTOS: OnnxPort = { name: 'photos', shape: ['N', 3, 'H', 'W'] };

/** What a program that uses a model should know of it. */
export interface ModelNote {
  /** Names of the labels, in the order of the channels. */
  labels: readonly string[];
  /** Side of the photos that it was trained on, px. */
  size: number;
}

/** Colours as the backbone takes them: (v / 255 - mean) / std. */
function normalised(graph: OnnxGraph, { mean, std }: Colours): Value {
  const scaled = (name: string, values: readonly number[]): Value =>
    graph.floats(name, [1, 3, 1, 1], values.map((value) => value * 255)); // prettier-ignore
  return graph.node('Div', [graph.node('Sub', [PHOTOS.name, scaled('mean', mean)]), scaled('std', std)]);
}

/** The backbone's weights without their prefix. */
const ofBackbone = (weights: NamedArrays): NamedArrays =>
  new Map([...weights].flatMap(([name, array]) => (name.startsWith('backbone.') ? [[name.slice(9), array]] : [])));

const metadataOf = ({ labels, size }: ModelNote): Record<string, string> => ({
  labels: JSON.stringify(labels),
  size: String(size),
});

/**
 * The classifier as an ONNX model: `photos` float32 [N,3,H,W], RGB 0..255, to `maps` [N,K,h,w], raw and signed, of one image
 * alone, and `probabilities` [N,K]. Co-attention is no part of it.
 */
export function classifierModel(weights: NamedArrays, settings: TrainSettings, note: ModelNote): Uint8Array {
  const graph = new OnnxGraph();
  const backbone = backbones[settings.backbone];
  const photos = normalised(graph, backbone.colours);
  const variant = { deepLab: false, strided: 2 } as const;
  const features = backboneGraphs[settings.backbone](graph, photos, ofBackbone(weights), variant);
  const extra = extraLayers.reduce((x, index) => {
    const name = `extra.${index}`;
    const [kernel, bias] = ['weight', 'bias'].map((part) => weightOf(weights, `${name}.${part}`));
    if (!backbone.normalised) return graph.convolution(x, name, kernel, bias.data, { activation: 'relu' });
    return graph.normalisedRelu(graph.convolution(x, name, kernel, null), name, bias.data, VARIANCE_EPSILON);
  }, features);
  const [kernel, bias] = ['weight', 'bias'].map((part) => weightOf(weights, `classifier.${part}`));
  const maps = graph.convolution(extra, 'classifier', kernel, bias.data);
  const scores = graph.node('ReduceMean', [maps], { axes: { ints: [2, 3] }, keepdims: { int: 0 } });
  graph.named(maps, 'maps');
  graph.named(graph.node('Sigmoid', [scores]), 'probabilities');
  const { nodes, tensors } = graph;
  const classes = note.labels.length;
  return encodeOnnx({
    name: 'classifier',
    nodes,
    tensors,
    inputs: [PHOTOS],
    outputs: [
      { name: 'maps', shape: ['N', classes, 'h', 'w'] },
      { name: 'probabilities', shape: ['N', classes] },
    ],
    metadata: metadataOf(note),
  });
}

/**
 * A segmenter as an ONNX model: `photos` float32 [N,3,H,W], RGB 0..255, sides a multiple of 8 plus 1, to `scores`
 * [N,K+1,H,W], raw; background first.
 */
export function segmenterModel(weights: NamedArrays, settings: SegmentSettings, note: ModelNote): Uint8Array {
  const graph = new OnnxGraph();
  const { backbone } = segmenterOf(settings, note.labels.length - 1);
  const variant = { deepLab: true, strided: settings['resnet.stride'] === '1x1' ? 1 : 2 } as const;
  const own = ofBackbone(weights);
  const name = backbone.name as keyof typeof backboneGraphs;
  const features = backboneGraphs[name](graph, normalised(graph, backbone.colours), own, variant);
  const layer = (x: Value, layerName: string, last: boolean, dilation = 1): Value => {
    const kernel = weightOf(weights, `${layerName}.weight`);
    const bias = weights.get(`${layerName}.bias`)?.data ?? null;
    return graph.convolution(x, layerName, kernel, bias, { dilation, activation: last ? 'linear' : 'relu' });
  };
  const fc7 = layer(layer(features, 'fc6', false, settings['head.dilation']), 'fc7', false);
  const scores = layer(fc7, 'score', true);
  // The size of the photos, behind the number of images and of labels.
  const shape = graph.node('Shape', [PHOTOS.name]);
  const part = (from: number, to: number): Value =>
    graph.node('Slice', [shape, graph.integers('from', [from]), graph.integers('to', [to])]);
  const labels = graph.integers('labels', [note.labels.length]);
  const size = graph.node('Concat', [part(0, 1), labels, part(2, 4)], { axis: { int: 0 } });
  const enlarged = graph.node('Resize', [scores, '', '', size], {
    mode: { string: 'linear' },
    coordinate_transformation_mode: { string: 'align_corners' },
  });
  graph.named(enlarged, 'scores');
  const { nodes, tensors } = graph;
  return encodeOnnx({
    name: 'segmenter',
    nodes,
    tensors,
    inputs: [PHOTOS],
    outputs: [{ name: 'scores', shape: ['N', note.labels.length, 'H', 'W'] }],
    metadata: metadataOf(note),
  });
}
