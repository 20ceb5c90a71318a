import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { imagenetColours } from '../../../images/normalise.js';
import { chained, type Step } from '../../ops/chain.js';
import { convolution, type ConvolutionOptions } from '../../ops/convolution.js';
import type { Tf } from '../../runtime/tensorflow.js';
import { frozenNorm, frozenNormSpecs } from '../frozen-norm.js';
import type { ParameterSpec, ParameterSpecs, Parameters } from '../parameters.js';
import type { Backbone } from './types.js';

/** Added to the variance of a batch norm; the published weights were trained with this. */
export const NORM_EPSILON = 1e-5;
/** Output channels of a bottleneck for each of its inner ones. */
const EXPANSION = 4;
const STEM = 64;

interface Stage {
  /** Inner channels. */
  width: number;
  /** Of the first block. */
  stride: number;
  dilation: number;
}

/** The four stages at stride 8 (docs/method.md, "Features"): the last two keep the size and are dilated. */
const stages: readonly Stage[] = [
  { width: 64, stride: 1, dilation: 1 },
  { width: 128, stride: 2, dilation: 1 },
  { width: 256, stride: 1, dilation: 2 },
  { width: 512, stride: 1, dilation: 4 },
];

/** Blocks a stage (He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, table 1). */
type Depths = readonly [number, number, number, number];

/** The depths of the nets that there are. */
export const resnetDepths = { resnet50: [3, 4, 6, 3], resnet101: [3, 4, 23, 3] } as const satisfies Record<
  string,
  Depths
>;

interface Block extends Stage {
  name: string;
  from: number;
  /** The convolution with the stride: torchvision's second, or Caffe's first. */
  strided: 1 | 2;
}

/** The blocks of each stage. */
export function blocksOf(depths: Depths, strided: Block['strided']): Block[][] {
  let from = STEM;
  return stages.map((stage, s) =>
    Array.from({ length: depths[s] }, (_, i) => {
      const block = { ...stage, name: `layer${s + 1}.${i}`, from, stride: i === 0 ? stage.stride : 1, strided };
      from = stage.width * EXPANSION;
      return block;
    }),
  );
}

/** Whether a block's input has to be brought to the shape of its output. */
const projects = ({ from, width, stride }: Pick<Block, 'from' | 'width' | 'stride'>): boolean =>
  stride > 1 || from !== width * EXPANSION;

function layerSpecs(convolutionName: string, norm: string, shape: number[], group: ParameterSpec['group']) {
  const std = Math.sqrt(2 / (shape[0] * shape[1] * shape[2]));
  const kernel: ParameterSpec = { shape, init: { kind: 'normal', std }, group, bias: false };
  return [[`${convolutionName}.weight`, kernel] as [string, ParameterSpec], ...frozenNormSpecs(norm, shape[3])];
}

function blockSpecs(block: Block, group: ParameterSpec['group']): [string, ParameterSpec][] {
  const { name, from, width } = block;
  const layer = (i: number, shape: number[]) => layerSpecs(`${name}.conv${i}`, `${name}.bn${i}`, shape, group);
  const shortcut = layerSpecs(`${name}.downsample.0`, `${name}.downsample.1`, [1, 1, from, width * EXPANSION], group);
  return [
    ...layer(1, [1, 1, from, width]),
    ...layer(2, [3, 3, width, width]),
    ...layer(3, [1, 1, width, width * EXPANSION]),
    ...(projects(block) ? shortcut : []),
  ];
}

/**
 * A convolution and the frozen batch norm behind it. Where it halves the size, a row and a column of zeros behind the
 * kernel put its centre on the pixel that PyTorch's symmetric padding puts it on.
 */
function normalised(
  tf: Tf,
  x: Tensor4D,
  weights: Parameters,
  [layer, norm]: readonly [convolution: string, norm: string],
  options: ConvolutionOptions,
): Tensor4D {
  const kernel = weights[`${layer}.weight`];
  const shifted: Tensor =
    options.stride === 2 && kernel.shape[0] > 1 ? tf.pad(kernel, [[0, 1], [0, 1], [0, 0], [0, 0]]) : kernel; // prettier-ignore
  const { scale, shift } = frozenNorm(tf, weights, norm, NORM_EPSILON);
  return convolution(tf, x, tf.mul(shifted, scale), shift, options);
}

/**
 * One bottleneck: 1x1, 3x3 and 1x1 convolutions with frozen batch norms, added to its input or to a projection of it
 * where `<name>.downsample.*` is among the weights. The stride is in the 3x3 convolution, as torchvision has it, or with
 * `strided` 1 in the first.
 *
 * @param x float32 [B,H,W,C]
 * @returns float32 [B,ceil(H/stride),ceil(W/stride),D], not negative
 */
export function bottleneck(
  tf: Tf,
  x: Tensor4D,
  weights: Parameters,
  {
    name,
    stride,
    dilation,
    strided = 2,
  }: Pick<Block, 'name' | 'stride' | 'dilation'> & Partial<Pick<Block, 'strided'>>,
): Tensor4D {
  return tf.tidy(() => {
    const layer = (input: Tensor4D, i: number, options: ConvolutionOptions): Tensor4D =>
      normalised(tf, input, weights, [`${name}.conv${i}`, `${name}.bn${i}`], options);
    const strideOf = (i: number): number => (i === strided ? stride : 1);
    const reduced = layer(x, 1, { stride: strideOf(1), activation: 'relu' });
    const inner = layer(reduced, 2, { stride: strideOf(2), dilation, activation: 'relu' });
    const projected = `${name}.downsample.0.weight` in weights;
    const names = [`${name}.downsample.0`, `${name}.downsample.1`] as const;
    const shortcut = projected ? normalised(tf, x, weights, names, { stride }) : x;
    return tf.relu(tf.add(layer(inner, 3, {}), shortcut)) as Tensor4D;
  });
}

/** The first convolution and pooling: float32 [B,H,W,3] to [B,ceil(H/4),ceil(W/4),64]. */
function stem(tf: Tf, photos: Tensor4D, weights: Parameters): Tensor4D {
  const x = normalised(tf, photos, weights, ['conv1', 'bn1'], { stride: 2, activation: 'relu' });
  // Behind a ReLU, zeros are as good as the minus infinity that PyTorch pads with.
  return tf.maxPool(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), 3, 2, 'valid'); // prettier-ignore
}

function resnet(name: keyof typeof resnetDepths, strided: Block['strided'] = 2): Backbone {
  const layers = blocksOf(resnetDepths[name], strided);
  return {
    name,
    colours: imagenetColours,
    stageCount: 1 + stages.length,
    channels: stages[3].width * EXPANSION,
    headChannels: 512,
    fromNothing: false,
    normalised: false,
    parameters(frozenStages): ParameterSpecs {
      const group = (stage: number) => (stage < frozenStages ? 'frozen' : 'backbone');
      return new Map([
        ...layerSpecs('conv1', 'bn1', [7, 7, 3, STEM], group(0)),
        ...layers.flatMap((blocks, i) => blocks.flatMap((block) => blockSpecs(block, group(i + 1)))),
      ]);
    },
    features: (tf, photos, weights, { from = 0, to = 1 + stages.length } = {}) =>
      // [B,H,W,3] -> 64 at H/4, 256 at H/4, 512 at H/8, 1024 at H/8, 2048 at H/8
      tf.tidy(() => {
        const first: Step[] = from === 0 && to > 0 ? [(x) => stem(tf, x, weights)] : [];
        const blocks = layers.slice(Math.max(0, from - 1), Math.max(0, to - 1)).flat();
        return chained(tf, photos, [
          ...first,
          ...blocks.map(
            (block): Step =>
              (x) =>
                bottleneck(tf, x, weights, block),
          ),
        ]);
      }),
  };
}

/** ResNet-50 at stride 8, batch norm frozen. */
export const resnet50 = resnet('resnet50');
/** ResNet-101 at stride 8, batch norm frozen. */
export const resnet101 = resnet('resnet101');
/** The same with strides where Caffe has them: for weights that were trained so. */
export const resnet101Caffe = resnet('resnet101', 1);
