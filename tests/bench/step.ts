/**
 * Training steps of the co-attention classifier: VGG-16, 5 pairs, preset `paper` (every stage is trained, all three losses,
 * gradients clipped), on photos that are ready in memory. The peer is peers/step.py.
 *
 * Usage: npm run bench -- step
 */
import { trainSettings, type TrainSettings } from '../../shared/settings/index.js';
import { backbones } from '../../electron/engine/learn/nets/backbones/index.js';
import { classifierParameters } from '../../electron/engine/learn/nets/classifier.js';
import { trainingState } from '../../electron/engine/learn/train/state.js';
import type { StepContext } from '../../electron/engine/learn/train/batchLosses.js';
import type { PreparedBatch } from '../../electron/engine/learn/train/prepared.js';
import { trainingStep } from '../../electron/engine/learn/train/step.js';
import { CLASSES, readPixels, readWeights, tensorflow, versionsOf, writePixels, writeWeights } from './support/net.js';
import { benchSide, type BenchOptions } from './support/side.js';

const PAIRS = 5;
/** Small, so that many rounds on the same batch do not end in numbers that are none. */
const RATE = 1e-6;

const settingsOf = ({ size, microBatch }: BenchOptions): TrainSettings =>
  trainSettings.resolve({ backbone: 'vgg16', inputSize: size, batchSize: PAIRS, microBatch }, 'paper');

await benchSide(
  async (folder, options) => {
    writeWeights(folder, settingsOf(options));
    writePixels(folder, 2 * PAIRS, options.size);
  },
  async (folder, options) => {
    const [tf, settings, photos] = [await tensorflow(options.threads), settingsOf(options), readPixels(folder, options.size)]; // prettier-ignore
    const specs = classifierParameters(settings, CLASSES);
    const state = trainingState(tf, specs, { resume: null, backbone: null, others: readWeights(folder), seed: 1 });
    const context: StepContext = { tf, backbone: backbones.vgg16, specs, state, settings, classCount: CLASSES };
    // Both images of pair i have class i; the first one has the class after it as well.
    const side = (at: number): PreparedBatch['first'] =>
      Array.from({ length: PAIRS }, (_, i) => ({
        image: { id: `${at}-${i}`, classes: at === 0 ? [i, i + 1] : [i], domain: 'target' },
        photo: photos[at * PAIRS + i],
      }));
    const batch: PreparedBatch = { first: side(0), second: side(1), views: [] };
    const step = (): ReturnType<typeof trainingStep> => trainingStep(context, batch, 0, RATE);
    const { losses, gradientNorm } = step();
    return {
      versions: versionsOf(tf),
      check: [losses.basic, losses.coAttention, losses.contrastive, gradientNorm],
      round: () => {
        step();
        return 1;
      },
    };
  },
);
