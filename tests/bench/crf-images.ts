/**
 * Refinement of many masks by the dense CRF (`crf:psa`), an image in each thread as `comask masks` does it. There is no
 * peer: the rows of one thread and of several say what the others bring.
 *
 * Usage: npm run bench -- crf-images-1 crf-images
 */
import { forEachInFlight } from '../../shared/in-flight.js';
import { maskSettings } from '../../shared/settings/index.js';
import type { RefineInputs } from '../../electron/engine/masks/refine/refiner.js';
import { refinePool } from '../../electron/engine/services/refine-pool.js';
import { photoOf } from './support/photos.js';
import { benchSide } from './support/side.js';

const [IMAGES, WIDTH, HEIGHT] = [6, 500, 375];

/** A photo with a mask of two classes, each an upright ellipse. */
function image(seed: number): RefineInputs {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    const isInside = (x0: number): boolean => Math.hypot((x - x0) / 90, (y - HEIGHT / 2) / 120) < 1;
    return isInside(130 + seed) ? 1 : isInside(370 - seed) ? 2 : 0;
  });
  return { labels: { width: WIDTH, height: HEIGHT, data }, probabilities: null, photo: photoOf(seed, WIDTH, HEIGHT) };
}

await benchSide(
  async () => undefined,
  async (_, { threads }) => {
    const pool = refinePool(maskSettings.resolve({ refine: 'crf:psa' }), new URL('../refiner.mjs', import.meta.url))!;
    const images = Array.from({ length: IMAGES }, (__, seed) => image(seed));
    // The pool starts a thread for each image that is in hand.
    const refineAll = (): Promise<void> =>
      forEachInFlight(images, threads, async (one) => void (await pool.refine(one)));
    await refineAll();
    return {
      versions: { node: process.versions.node },
      check: [],
      round: async () => {
        await refineAll();
        return IMAGES;
      },
    };
  },
);
