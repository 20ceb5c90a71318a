/**
 * Times the dense CRF on a picture of the size of a VOC photo: 10 iterations of the parameter set `psa`, on a synthetic
 * picture with noise, from random unary energies.
 *
 * Usage: npx esbuild tests/bench/crf.ts --bundle --platform=node --format=esm --packages=external | node --input-type=module - [LABELS]
 */
import { argv } from 'node:process';
import { denseCrf } from '../../electron/engine/masks/crf/index.js';

const width = 500;
const height = 375;
const labels = Number(argv[2] ?? 21);

let state = 1;
const random = (): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) / 2147483647;

/** Discs of random colours on a gradient, with noise: as many lattice vertices as a photo has. */
function picture(): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  const discs = Array.from({ length: 30 }, () => ({
    x: random() * width,
    y: random() * height,
    radius: 20 + random() * 60,
    colour: [random() * 255, random() * 255, random() * 255],
  }));
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const disc = discs.find((one) => Math.hypot(x - one.x, y - one.y) < one.radius);
    for (let c = 0; c < 3; c++) {
      const base = disc ? disc.colour[c] : (255 * (c === 1 ? x / width : y / height)) | 0;
      data[i * 3 + c] = Math.min(255, Math.max(0, base + (random() - 0.5) * 40));
    }
  }
  return data;
}

const photo = { width, height, data: picture() };
const unary = Float32Array.from({ length: width * height * labels }, () => 5 * random());
const parameters = {
  iterations: 10,
  gaussian: { sxy: 3, compat: 3 },
  bilateral: { sxy: 80, srgb: 13, compat: 10 },
};
for (let run = 0; run < 3; run++) {
  const start = performance.now();
  denseCrf(unary, labels, photo, parameters);
  console.log(`${labels} labels, ${width}x${height}: ${((performance.now() - start) / 1000).toFixed(2)} s`);
}
