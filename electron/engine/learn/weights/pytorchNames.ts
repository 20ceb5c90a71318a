import { permute, transposed, type NamedArray, type NamedArrays } from './tensors.js';

/** PyTorch's names of a batch norm's weights, by ours. */
const normParts: Readonly<Record<string, string>> = {
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/** A depthwise kernel [h,w,C,1] as PyTorch's [C,1,h,w]. */
const depthwise = (kernel: NamedArray): NamedArray => permute(kernel, [2, 3, 0, 1]);
/** A kernel [h,w,in,out] as PyTorch's [out,in,h,w]. */
const oihw = (kernel: NamedArray): NamedArray => permute(kernel, [3, 2, 0, 1]);

function renamed(name: string, array: NamedArray): [string, NamedArray] {
  const at = name.lastIndexOf('.') + 1;
  const [stem, part] = [name.slice(0, at), name.slice(at)];
  if (part in normParts) return [stem + normParts[part], array];
  if (part === 'depthwise_kernel') return [`${stem}weight`, depthwise(array)];
  const own = part === 'kernel' ? `${stem}weight` : name;
  if (array.shape.length === 4) return [own, oihw(array)];
  return [own, array.shape.length === 2 ? transposed(array) : array];
}

/**
 * Weights as a PyTorch state dict has them: `backbone.features.0.weight` [out,in,h,w], `backbone.layer1.0.bn1.running_var`.
 * Behind `backbone.`, VGG-16 and ResNet have torchvision's names; the rest keeps ours.
 */
export const pytorchNames = (weights: NamedArrays): NamedArrays =>
  new Map([...weights].map(([name, array]) => renamed(name, array)));

/** The backbone's part under the names that the net has by itself: those of torchvision. */
export const backboneAlone = (weights: NamedArrays): NamedArrays =>
  new Map(
    [...weights].flatMap(([name, array]) => (name.startsWith('backbone.') ? [[name.slice(9), array] as const] : [])),
  );
