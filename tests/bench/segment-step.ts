/**
 * Training steps of DeepLab-LargeFOV: VGG-16, four photos at 321x321 one after the other, every stage is trained, on photos
 * that are ready in memory; without dropout, that both sides compute the same. The peer is peers/segment-step.py.
 *
 * Usage: npm run bench -- segment-step
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentSettings } from '../../shared/settings/index.js';
import type { Sample } from '../../electron/engine/learn/segment/samples.js';
import { segmenterOf } from '../../electron/engine/learn/segment/segmenter.js';
import { segmentStep, type SegmentContext } from '../../electron/engine/learn/segment/step.js';
import { firstWeights, trainingState } from '../../electron/engine/learn/train/state.js';
import { encodeSafetensors } from '../../electron/engine/learn/weights/safetensors.js';
import { CLASSES, readPixels, readWeights, tensorflow, versionsOf, writePixels } from './support/net.js';
import { benchSide } from './support/side.js';

const SIDE = 321;
/** A training takes ten a step; four are enough for the update of the weights to weigh as little. */
const PHOTOS = 4;

const settings = segmentSettings.resolve(
  {
    segmenter: 'vgg16-largefov',
    'head.dropout': 0,
    // Small, so that many rounds on the same photos do not end in numbers that are none.
    'optimiser.rate': 1e-6,
  },
  'paper',
);
const segmenter = segmenterOf(settings, CLASSES);

/** Squares of every label, a corner of it ignored; the peer draws the same. */
const labels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
  return x < 32 && y < 32 ? 255 : (Math.floor(x / 32) + Math.floor(y / 32)) % (CLASSES + 1);
});

await benchSide(
  async (folder) => {
    const weights = firstWeights(segmenter.specs, null, settings.seed);
    writeFileSync(join(folder, 'weights.safetensors'), encodeSafetensors(weights));
    writePixels(folder, PHOTOS, SIDE);
  },
  async (folder, { threads }) => {
    const tf = await tensorflow(threads);
    const others = readWeights(folder);
    const state = trainingState(tf, segmenter.specs, { resume: null, backbone: null, others, seed: 1 });
    const context: SegmentContext = { tf, segmenter, state, settings };
    const target = { labels: { width: SIDE, height: SIDE, data: labels }, weight: 1 };
    const batch: Sample[] = readPixels(folder, SIDE).map((photo) => ({ photo, ...target }));
    const { loss, gradientNorm } = segmentStep(context, batch, 0);
    return {
      versions: versionsOf(tf),
      check: [loss, gradientNorm],
      round: () => {
        segmentStep(context, batch, 0);
        return 1;
      },
    };
  },
);
