import { StudioError } from '../../../../shared/errors.js';
import type { SaliencySettings } from '../../../../shared/settings/saliency.js';
import type { ByteImage, RgbImage } from '../../../../shared/types.js';
import { imagenetColours, resizeBilinear } from '../../images/index.js';
import { openNetwork } from './onnx-network.js';
import type { SaliencySource } from './source.js';
import { averageOverViews, viewsOf } from './views.js';

/** Sides of the input are rounded to a multiple of this: the networks halve it five times. */
const SIDE_STEP = 32;

/**
 * A photo as U-2-Net takes it (Qin et al., Pattern Recognition 2020, and its published code): divided by its own highest
 * value, then ImageNet mean and standard deviation. uint8 [H,W,3] to float32 [3,H,W].
 */
export function u2netInput({ width, height, data }: RgbImage): Float32Array {
  const { mean, std } = imagenetColours;
  const area = width * height;
  let highest = 0;
  for (let i = 0; i < data.length; i++) if (data[i] > highest) highest = data[i];
  // A black photo stays black.
  highest ||= 1;
  const input = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) {
    const [scale, offset] = [1 / (highest * std[c]), mean[c] / std[c]];
    for (let i = 0; i < area; i++) input[c * area + i] = data[i * 3 + c] * scale - offset;
  }
  return input;
}

/** Stretches a map from its lowest to its highest value over 0..255, cut to bytes; an even map gives zeros. */
export function stretchToBytes(map: Float32Array): Uint8Array {
  let [low, high] = [Infinity, -Infinity];
  for (const value of map) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  const bytes = new Uint8Array(map.length);
  // A loop, not Uint8Array.from with a function: that takes fifty times as long.
  if (range > 0) for (let i = 0; i < bytes.length; i++) bytes[i] = ((map[i] - low) / range) * 255;
  return bytes;
}

/**
 * Any network of the U-2-Net family as an ONNX file: one input float32 [1,3,S,S], whose first output is the fused map
 * float32 [1,1,S,S]. The map is stretched to its range and brought to the photo's size.
 */
export const onnxSource: SaliencySource = {
  name: 'onnx',
  async open(settings) {
    const sizes = inputSizes(settings);
    const network = await openNetwork(settings, sizes);
    const predict = async (photo: RgbImage, size: number): Promise<ByteImage> => {
      const { width, height, data } = await network.run(u2netInput(resizeBilinear(photo, size, size)), size);
      return resizeBilinear({ width, height, data: stretchToBytes(data) }, photo.width, photo.height);
    };
    const views = viewsOf(sizes, settings.mirror);
    return {
      saliencyOf: (photo) => averageOverViews(photo, views, predict),
      close: () => network.close(),
    };
  },
};

/** Sides of the squares that the network is shown. Throws `settings-invalid`. */
function inputSizes({ inputSize, scales }: SaliencySettings): number[] {
  if (scales.length === 0) {
    throw new StudioError({
      code: 'settings-invalid',
      message: 'setting scales: there is none',
      remedy: 'Leave it at 1, or name several (--set scales=0.8,1).',
    });
  }
  return scales.map((scale) => Math.max(1, Math.round((inputSize * scale) / SIDE_STEP)) * SIDE_STEP);
}
