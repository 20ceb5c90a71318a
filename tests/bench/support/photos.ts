import type { RgbImage } from '../../../shared/types.js';

/** A stream of numbers in [0,1), the same for the same seed. */
export function stream(seed: number): () => number {
  let state = (Math.imul(seed + 1, 2654435761) >>> 0) % 2147483647 || 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** A photo-like picture: discs of random colours on a gradient, with noise. */
export function photoOf(seed: number, width: number, height: number): RgbImage {
  const random = stream(seed);
  const data = new Uint8Array(width * height * 3);
  const paint = (i: number, colour: (channel: number) => number): void => {
    for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.min(255, Math.max(0, colour(c) + (random() - 0.5) * 30));
  };
  for (let i = 0; i < width * height; i++) {
    const [across, down] = [(i % width) / width, Math.floor(i / width) / height];
    paint(i, (c) => 200 * (c === 0 ? across : c === 1 ? down : 1 - across));
  }
  for (let disc = 0; disc < 8; disc++) {
    const [x0, y0, radius] = [random() * width, random() * height, (0.05 + random() * 0.2) * width];
    const colour = [random() * 255, random() * 255, random() * 255];
    for (let y = Math.max(0, Math.ceil(y0 - radius)); y < Math.min(height, y0 + radius); y++) {
      for (let x = Math.max(0, Math.ceil(x0 - radius)); x < Math.min(width, x0 + radius); x++) {
        if (Math.hypot(x - x0, y - y0) < radius) paint(y * width + x, (c) => colour[c]);
      }
    }
  }
  return { width, height, data };
}
