import { beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { auditSettings, trainSettings } from '../../../../../../shared/settings/index.js';
import type { RgbImage } from '../../../../../../shared/types.js';
import { auditLabels, type AuditInputs } from '../../../../../../electron/engine/learn/audit/audit.js';
import { leastConfident } from '../../../../../../electron/engine/learn/audit/confidence.js';
import type { LocalizeImage } from '../../../../../../electron/engine/learn/localize/types.js';
import { plainView, viewFeatures } from '../../../../../../electron/engine/learn/localize/views.js';
import { backbones } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { classifierParameters } from '../../../../../../electron/engine/learn/nets/classifier.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { random } from '../../../../../../electron/engine/learn/random.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { firstWeights } from '../../../../../../electron/engine/learn/train/state.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

const CLASSES = 3;
const PER_CLASS = 6;
const SIZE = 32;
const trained = trainSettings.resolve({ backbone: 'tiny', inputSize: SIZE });

/** Photos of class k are noise with much of colour k. */
const trueClass = (id: string): number => Number(id.split('-')[0]);
function photoOf(id: string): RgbImage {
  const rng = random(1, 'photo', id);
  const tint = trueClass(id);
  const data = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => (i % 3 === tint ? 150 : 40) + 60 * rng());
  return { width: SIZE, height: SIZE, data };
}

/** One photo of each class but the first bears the label of the class before. */
const planted = ['1-0', '2-0'];
const images: LocalizeImage[] = Array.from({ length: CLASSES * PER_CLASS }, (_, i) => {
  const id = `${i % CLASSES}-${Math.floor(i / CLASSES)}`;
  const classes = [trueClass(id) - (planted.includes(id) ? 1 : 0)];
  return { id, classes, domain: 'web' };
});

/**
 * A classifier that tells the colours apart without a training: random features, and a linear classifier between their
 * class means.
 */
function fittedWeights(tf: Tf): NamedArrays {
  const weights = firstWeights(classifierParameters(trained, CLASSES), null, 1);
  const parameters = constantParameters(tf, weights);
  const means = Array.from({ length: CLASSES }, (_, k) => {
    const x = viewFeatures(tf, backbones.tiny, parameters, photoOf(`${k}-9`), plainView, SIZE);
    const mean = tf.tidy(() => tf.mean(x, [0, 1, 2]).dataSync() as Float32Array);
    x.dispose();
    return mean;
  });
  tf.dispose(Object.values(parameters));
  const channels = means[0].length;
  const centre = means[0].map((_, c) => means.reduce((sum, mean) => sum + mean[c] / CLASSES, 0));
  const away = means.map((mean) => mean.map((value, c) => value - centre[c]));
  const scale = 6 / Math.min(...away.map((own) => own.reduce((sum, value) => sum + value * value, 0)));
  const weight = new Float32Array(channels * CLASSES);
  const bias = new Float32Array(CLASSES);
  away.forEach((own, k) =>
    own.forEach((value, c) => {
      weight[c * CLASSES + k] = scale * value;
      bias[k] -= scale * value * (centre[c] + value / 2);
    }),
  );
  weights.set('classifier.weight', { shape: [1, 1, channels, CLASSES], data: weight });
  weights.set('classifier.bias', { shape: [CLASSES], data: bias });
  return weights;
}

let inputs: AuditInputs;
beforeAll(async () => {
  const tf = await loadTensorflow({ device: 'cpu' });
  const weights = fittedWeights(tf);
  const readPhoto = async (id: string): Promise<RgbImage> => photoOf(id);
  inputs = { tf, weights, trainSettings: trained, classCount: CLASSES, images, readPhoto };
});

const settings = auditSettings.resolve({ references: 3 });
const audit = (more: Partial<AuditInputs> = {}, values = settings): ReturnType<typeof auditLabels> =>
  auditLabels({ ...inputs, ...more }, values, () => undefined, new AbortController().signal);

describe('an audit', () => {
  it('finds planted errors, says what they are rather, and leaves no tensor behind', async () => {
    const { labels, failures } = await audit();
    expect(failures).toEqual([]);
    expect(labels.map(({ imageId }) => imageId)).toEqual(images.map(({ id }) => id));
    const worst = leastConfident(labels, 0.15);
    expect(worst.filter(({ classIndex }) => classIndex < 2).map(({ imageId }) => imageId)).toEqual(planted);
    for (const imageId of planted) {
      const label = labels.find((one) => one.imageId === imageId)!;
      expect(label.suggested).toBe(trueClass(imageId));
      const right = labels.filter(
        ({ imageId: id, classIndex }) => !planted.includes(id) && classIndex === label.classIndex,
      );
      for (const { probability, agreement } of right) {
        expect(probability).toBeGreaterThan(label.probability);
        expect(agreement!).toBeGreaterThan(label.agreement!);
      }
    }
    const before = inputs.tf.memory().numTensors;
    expect((await audit()).labels).toEqual(labels);
    expect((await audit({}, auditSettings.resolve({ references: 3, 'cache.megabytes': 16 }))).labels).toEqual(labels);
    expect(inputs.tf.memory().numTensors).toBe(before);
  });

  it('leaves the agreement out where a class has one image, and lists a photo that cannot be read', async () => {
    const { labels, failures } = await audit({
      images: [images[0], images[1]],
      readPhoto: async (id) => {
        if (id !== images[1].id) return photoOf(id);
        throw new StudioError({ code: 'file-damaged', message: 'cut short', file: 'photo.jpg' });
      },
    });
    expect(labels).toEqual([expect.objectContaining({ imageId: images[0].id, agreement: null })]);
    expect(labels[0].confidence).toBe(labels[0].probability);
    expect(failures).toEqual([expect.objectContaining({ id: images[1].id, file: 'photo.jpg', code: 'file-damaged' })]);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    abort.abort();
    const stopped = auditLabels(inputs, settings, () => undefined, abort.signal);
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  });
});
