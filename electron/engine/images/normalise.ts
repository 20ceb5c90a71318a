import type { RgbImage } from '../../../shared/types.js';

/** Mean and standard deviation of ImageNet's colours, of channel values in 0..1: what the backbones were trained on. */
export const imagenetColours = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** For each channel the 256 values that a byte can become, computed in float32 in the order (v / 255 - mean) / std. */
const tables = imagenetColours.mean.map((mean, channel) =>
  Float32Array.from({ length: 256 }, (_, value) => {
    const centred = Math.fround(Math.fround(value / 255) - Math.fround(mean));
    return centred / Math.fround(imagenetColours.std[channel]);
  }),
);

/** Colours as the backbones take them: float32 [height, width, 3], RGB, (v / 255 - mean) / std of ImageNet. */
export function normalise({ data }: RgbImage): Float32Array {
  const [red, green, blue] = tables;
  const normalised = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    normalised[i] = red[data[i]];
    normalised[i + 1] = green[data[i + 1]];
    normalised[i + 2] = blue[data[i + 2]];
  }
  return normalised;
}
