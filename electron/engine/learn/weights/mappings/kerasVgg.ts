import { imagenetColours } from '../../../images/normalise.js';
import type { NamedArray, NamedArrays } from '../tensors.js';
import { mapEach, type WeightMapping } from './mapping.js';

/** torchvision's number of each block's first convolution; the next ones follow two by two. */
const firstOfBlock = [0, 5, 10, 17, 24];

/** What Keras' VGG takes off blue, green and red (0..255), in the order of the channels that its kernels see. */
const CAFFE_MEANS_BGR = [103.939, 116.779, 123.68];

/** `block1_conv1/kernel`, or `block1_conv1/block1_conv1_W_1` in the published files, also inside another model. */
const CONVOLUTION = /^(?:.*\/)?block([1-5])_conv(\d)\/(?:(kernel|bias)|block\1_conv\2_(W|b)(?:_1)?)$/;
const DENSE = /^(?:.*\/)?(fc1|fc2|predictions)\//;
const [KERNEL, BIAS] = ['backbone.features.0.weight', 'backbone.features.0.bias'];

/**
 * The first convolution for RGB as our nets get it, from the one for Keras' colours: BGR, 0..255, less the means m.
 * With z = (v/255 - mean) / std, a channel there is v - m = 255 std z + (255 mean - m). So
 *
 *   kernel'[h,w,c] = 255 std[c] kernel[h,w,2-c]
 *   bias' = bias + sum over h, w, c of (255 mean[c] - m[2-c]) kernel[h,w,2-c]
 *
 * Equal wherever the kernel lies inside the photo. In the outermost pixels zero padding stands for a colour that is up
 * to half a level of 255 from Keras'.
 *
 * @param kernel float32 [height,width,3,out]
 * @param bias float32 [out]
 */
export function foldCaffeColours(kernel: NamedArray, bias: NamedArray): { kernel: NamedArray; bias: NamedArray } {
  const { mean, std } = imagenetColours;
  const out = kernel.shape[3];
  const folded = new Float32Array(kernel.data.length);
  const sums = Float64Array.from(bias.data);
  for (let tap = 0; tap < kernel.shape[0] * kernel.shape[1]; tap++)
    for (let c = 0; c < 3; c++)
      for (let o = 0; o < out; o++) {
        const weight = kernel.data[(tap * 3 + 2 - c) * out + o];
        folded[(tap * 3 + c) * out + o] = 255 * std[c] * weight;
        sums[o] += (255 * mean[c] - CAFFE_MEANS_BGR[2 - c]) * weight;
      }
  return { kernel: { shape: kernel.shape, data: folded }, bias: { shape: bias.shape, data: Float32Array.from(sums) } };
}

function folded(weights: NamedArrays): NamedArrays {
  const [kernel, bias] = [weights.get(KERNEL), weights.get(BIAS)];
  // Other shapes are left for the net's check to list.
  const fits = kernel?.shape.length === 4 && kernel.shape[2] === 3 && bias?.data.length === kernel.shape[3];
  if (!fits) return weights;
  const ours = foldCaffeColours(kernel, bias!);
  return new Map(weights).set(KERNEL, ours.kernel).set(BIAS, ours.bias);
}

/**
 * Keras' VGG-16: `block1_conv1/kernel` becomes `backbone.features.0.weight`, and so on; kernels are in TensorFlow's layout
 * already, and the colours it expects go into the first one. The dense layers are left out.
 */
export const kerasVgg: WeightMapping = {
  name: 'Keras VGG',
  recognises: (given) => [...given.keys()].some((name) => CONVOLUTION.exec(name)?.[1] === '1'),
  map: (given) =>
    folded(
      mapEach(given, (name, array) => {
        if (DENSE.test(name)) return null;
        const [found, block, layer, part, oldPart] = CONVOLUTION.exec(name) ?? [];
        if (!found) return [name, array];
        const index = firstOfBlock[Number(block) - 1] + 2 * (Number(layer) - 1);
        return [`backbone.features.${index}.${part === 'kernel' || oldPart === 'W' ? 'weight' : 'bias'}`, array];
      }),
    ),
};
