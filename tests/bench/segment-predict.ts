/**
 * Labels of a photo by DeepLab-LargeFOV on VGG-16: three scales, each mirrored as well, of a photo of 321x321 that is ready in
 * memory. The peer is peers/segment-predict.py.
 *
 * Usage: npm run bench -- segment-predict
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentSettings } from '../../shared/settings/index.js';
import { constantParameters } from '../../electron/engine/learn/nets/parameters.js';
import { labelsOf, probabilitiesOf } from '../../electron/engine/learn/segment/predict.js';
import { segmenterOf } from '../../electron/engine/learn/segment/segmenter.js';
import { firstWeights } from '../../electron/engine/learn/train/state.js';
import { encodeSafetensors } from '../../electron/engine/learn/weights/safetensors.js';
import { CLASSES, readPixels, readWeights, tensorflow, versionsOf, writePixels } from './support/net.js';
import { benchSide } from './support/side.js';

/** Sides that the net's positions fit at every scale, so that neither side pads. */
const SIDE = 321;
const views = { scales: [0.75, 1, 1.25], mirror: true, longestSide: 0 };
/** A pixel whose probabilities both sides must come to. */
const [X, Y] = [150, 100];

const settings = segmentSettings.resolve({ segmenter: 'vgg16-largefov' }, 'paper');
const segmenter = segmenterOf(settings, CLASSES);

await benchSide(
  async (folder) => {
    const weights = firstWeights(segmenter.specs, null, settings.seed);
    writeFileSync(join(folder, 'weights.safetensors'), encodeSafetensors(weights));
    writePixels(folder, 1, SIDE);
  },
  async (folder, { threads }) => {
    const tf = await tensorflow(threads);
    const weights = constantParameters(tf, readWeights(folder));
    const [photo] = readPixels(folder, SIDE);
    const { data } = probabilitiesOf(tf, segmenter, weights, photo, views);
    const at = (Y * SIDE + X) * segmenter.labels;
    return {
      versions: versionsOf(tf),
      check: [...data.subarray(at, at + segmenter.labels)],
      round: () => {
        labelsOf(tf, segmenter, weights, photo, views);
        return 1;
      },
    };
  },
);
