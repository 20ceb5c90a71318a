import { oihwToHwio, type NamedArray, type NamedArrays } from '../tensors.js';
import { mapEach, type WeightMapping } from './mapping.js';

/** PyTorch's names of a batch norm's weights, and ours. */
const normParts: Readonly<Record<string, string>> = {
  weight: 'gamma',
  bias: 'beta',
  running_mean: 'moving_mean',
  running_var: 'moving_variance',
};

/** Only in training: how many batches the statistics come from. */
const COUNTER = /\.num_batches_tracked$/;
/** The dense layer of the thousand ImageNet classes. */
const DENSE = /^fc\./;
const NORM = /^(.*(?:bn\d|downsample\.1))\.(\w+)$/;

function renamed(name: string, array: NamedArray): [string, NamedArray] | null {
  if (COUNTER.test(name) || DENSE.test(name)) return null;
  const [found, norm, part] = NORM.exec(name) ?? [];
  if (found && part in normParts) return [`backbone.${norm}.${normParts[part]}`, array];
  return [`backbone.${name}`, array.shape.length === 4 ? oihwToHwio(array) : array];
}

/**
 * torchvision's ResNet: `layer1.0.conv1.weight` [out,in,h,w] becomes `backbone.layer1.0.conv1.weight` [h,w,in,out], and
 * `layer1.0.bn1.running_var` becomes `backbone.layer1.0.bn1.moving_variance`. The dense layer is left out.
 */
export const torchvisionResnet: WeightMapping = {
  name: 'torchvision ResNet',
  recognises: (given) => given.has('layer1.0.conv1.weight'),
  map: (given) => mapEach(given, renamed),
};

const IRN_BACKBONE = 'resnet50.';

/** The names that IRN's nets have for torchvision's ResNet-50 inside them. */
const insideIrn = (given: NamedArrays): NamedArrays =>
  new Map(
    [...given]
      .filter(([name]) => name.startsWith(IRN_BACKBONE))
      .map(([name, array]) => [name.slice(IRN_BACKBONE.length), array]),
  );

/**
 * IRN's classifier (Ahn, Cho and Kwak, CVPR 2019): its ResNet-50. The same weights come again as `stage1.*` to `stage4.*`
 * and `backbone.*`. Its head (`classifier.weight`, `newly_added.*`) sees the 2048 channels of the backbone, ours those of
 * the convolutions behind it, so it fits nowhere and is left out.
 */
export const irnResnet: WeightMapping = {
  name: 'IRN ResNet-50',
  recognises: (given) => given.has(`${IRN_BACKBONE}layer1.0.conv1.weight`),
  map: (given) => torchvisionResnet.map(insideIrn(given)),
};
