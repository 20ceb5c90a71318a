import type { RgbImage } from '../../../shared/types.js';

/** Mean and standard deviation of channel values in 0..1 that a net was trained on, RGB. */
export interface Colours {
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
}

export const imagenetColours: Colours = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** For each channel the 256 values that a byte can become, computed in float32 in the order (v / 255 - mean) / std. */
function tablesOf({ mean, std }: Colours): Float32Array[] {
  return mean.map((centre, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => {
      const centred = Math.fround(Math.fround(value / 255) - Math.fround(centre));
      return centred / Math.fround(std[channel]);
    }),
  );
}

const imagenetTables = tablesOf(imagenetColours);

/**
 * Colours as a net takes them: float32 [height, width, 3], RGB, (v / 255 - mean) / std; ImageNet's unless given.
 *
 * @param normalised where they go, as long as the photo's data
 */
export function normalise(
  { data }: RgbImage,
  colours: Colours = imagenetColours,
  normalised = new Float32Array(data.length),
): Float32Array {
  const [red, green, blue] = colours === imagenetColours ? imagenetTables : tablesOf(colours);
  for (let i = 0; i < data.length; i += 3) {
    normalised[i] = red[data[i]];
    normalised[i + 1] = green[data[i + 1]];
    normalised[i + 2] = blue[data[i + 2]];
  }
  return normalised;
}
