/**
 * The dense CRF on a picture of the size of a VOC photo, from random unary energies: 10 iterations with the parameters of
 * `crf:psa`. The peer, peers/crf.py, is pydensecrf on the same inputs. Both sides use one thread.
 *
 * Usage: npm run bench -- crf crf-3
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { denseCrf } from '../../electron/engine/masks/crf/index.js';
import { photoOf, stream } from './support/photos.js';
import { benchSide } from './support/side.js';

const [WIDTH, HEIGHT] = [500, 375];
const PARAMETERS = {
  iterations: 10,
  gaussian: { sxy: 3, compat: 3 },
  bilateral: { sxy: 80, srgb: 13, compat: 10 },
};
/** Of so many marginals one is compared; a prime, so that every label has its turn. */
const EVERY = 997;

await benchSide(
  async (folder, { labels }) => {
    const random = stream(1);
    const unary = Float32Array.from({ length: WIDTH * HEIGHT * labels }, () => 5 * random());
    writeFileSync(join(folder, 'photo'), photoOf(0, WIDTH, HEIGHT).data);
    writeFileSync(join(folder, 'unary'), unary);
  },
  async (folder, { labels }) => {
    const photo = { width: WIDTH, height: HEIGHT, data: new Uint8Array(readFileSync(join(folder, 'photo'))) };
    const unary = new Float32Array(new Uint8Array(readFileSync(join(folder, 'unary'))).buffer);
    const marginals = (): Float32Array => denseCrf(unary, labels, photo, PARAMETERS);
    return {
      versions: { node: process.versions.node },
      check: [...marginals().filter((_, i) => i % EVERY === 0)],
      round: () => {
        marginals();
        return 1;
      },
    };
  },
);
