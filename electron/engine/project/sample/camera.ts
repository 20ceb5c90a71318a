import type { RgbImage } from '../../../../shared/types.js';
import { toSrgb } from './colour.js';
import type { Radiance } from './paint.js';
import type { RandomSource } from './random.js';

/** A separable Gaussian blur, edges repeated; `sigma` in px. */
function blur({ width, height, data }: Radiance, sigma: number): Float32Array {
  const radius = Math.ceil(sigma * 3);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const pass = (source: Float32Array, length: number, lines: number, step: number, next: number): Float32Array => {
    const out = new Float32Array(source.length);
    for (let line = 0; line < lines; line += 1) {
      for (let i = 0; i < length; i += 1) {
        const at = line * next + i * step;
        for (let k = -radius; k <= radius; k += 1) {
          const from = line * next + Math.min(length - 1, Math.max(0, i + k)) * step;
          const weight = weights[k + radius] / total;
          for (let channel = 0; channel < 3; channel += 1) out[at + channel] += source[from + channel] * weight;
        }
      }
    }
    return out;
  };
  return pass(pass(data, width, height, 3, width * 3), height, width, width * 3, 3);
}

/** Takes the photo: lens blur and fall-off towards the corners, exposure and white balance, shot and read noise. */
export function takePhoto(picture: Radiance, random: RandomSource): RgbImage {
  const { width, height } = picture;
  const sharp = blur(picture, random.between(0.35, 0.75));
  const exposure = random.between(0.8, 1.2);
  const warmth = random.between(-0.08, 0.08);
  const gain = [exposure * (1 + warmth), exposure, exposure * (1 - warmth)];
  const [vignette, shot, read] = [random.between(0, 0.35), random.between(0.01, 0.03), random.between(0.002, 0.006)];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const corner = ((2 * x) / width - 1) ** 2 + ((2 * y) / height - 1) ** 2;
      const fall = 1 - (vignette * corner) / 2;
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (y * width + x) * 3 + channel;
        const light = Math.max(0, sharp[at] * gain[channel] * fall);
        const noisy = light + random.normal() * (shot * Math.sqrt(light) + read);
        data[at] = Math.round(255 * Math.min(1, Math.max(0, toSrgb(Math.max(0, noisy)))));
      }
    }
  }
  return { width, height, data };
}
