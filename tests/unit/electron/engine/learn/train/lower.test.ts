import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { trainSettings, type TrainSettings } from '../../../../../../shared/settings/index.js';
import { classifierParameters } from '../../../../../../electron/engine/learn/nets/classifier.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { firstWeights } from '../../../../../../electron/engine/learn/train/state.js';
import { train } from '../../../../../../electron/engine/learn/train/train.js';
import type { Checkpoint } from '../../../../../../electron/engine/learn/train/types.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { scenes } from '../../../../../support/scenes.js';

let tf: Tf;
let backboneWeights: NamedArrays;
/** Nothing kept. */
let anew: Outcome;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
  const all = firstWeights(classifierParameters(settingsWith({}), CLASSES), null, 1);
  backboneWeights = new Map([...all].filter(([name]) => name.startsWith('backbone.')));
  anew = await trained({ 'cache.frozen': false });
});

let home: string;
beforeEach(() => vi.stubEnv('COMASK_HOME', (home = temporaryFolder())));
afterEach(() => vi.unstubAllEnvs());

const CLASSES = 3;
const { images, readPhoto } = scenes(4, CLASSES);

/** Four stages frozen of five, no augmentation. */
const settingsWith = (values: Partial<TrainSettings>): TrainSettings => ({
  ...trainSettings.resolve({
    backbone: 'mobilenet',
    ...{ epochs: 2, batchSize: 2, inputSize: 32, frozenStages: 4, 'watch.enabled': false },
    ...{ 'augment.jitter': [], 'augment.mirror': false, 'augment.crop': 0, 'pairs.self': ['mirror', '0.75'] },
  }),
  // Not resolved, so that bounds may be smaller than those that make sense.
  ...values,
});

interface Outcome {
  losses: number[];
  reads: number;
  checkpoint: Checkpoint;
}

async function trained(values: Partial<TrainSettings>, more: { stopAt?: number; resume?: Checkpoint } = {}) {
  const outcome: Partial<Outcome> & Pick<Outcome, 'losses'> = { losses: [], reads: 0 };
  const abort = new AbortController();
  await train(
    {
      ...{ tf, images, classCount: CLASSES, backboneWeights, resume: more.resume ?? null },
      readPhoto: (id) => {
        outcome.reads!++;
        return readPhoto(id);
      },
    },
    settingsWith(values),
    {
      onProgress: () => undefined,
      onLog: ({ total }) => {
        outcome.losses.push(total as number);
        if (outcome.losses.length === more.stopAt) abort.abort();
      },
      onCheckpoint: (checkpoint) => void (outcome.checkpoint = checkpoint),
    },
    abort.signal,
  ).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return outcome as Outcome;
}

/** So little memory that features are rounded, and most of them are on disk. */
const onDisk = { 'cache.megabytes': 0.05 };

describe('what frozen stages make of photos, kept', () => {
  it('gives the training that computing it anew gives, and does not read a photo again', async () => {
    const before = tf.memory().numTensors;
    const kept = await trained({});
    expect(tf.memory().numTensors).toBe(before);
    expect(kept.losses).toEqual(anew.losses);
    expect(kept.reads).toBeLessThan(0.75 * anew.reads);
  });

  it('gives it within the precision of float16 where memory does not hold it, and leaves no file', async () => {
    const kept = await trained(onDisk);
    expect(kept.reads).toBeLessThan(0.75 * anew.reads);
    kept.losses.forEach((loss, i) => expect(Math.abs(loss / anew.losses[i] - 1)).toBeLessThan(2 ** -9));
    expect(kept.losses).not.toEqual(anew.losses);
    expect(readdirSync(join(home, 'scratch'))).toEqual([]);
  });

  it.each([
    ['rounded, most of it on disk', onDisk],
    ['rounded, most of it computed again', { ...onDisk, 'cache.diskMegabytes': 0 }],
  ])('goes on after a stop as if it had never stopped (%s)', async (_, values) => {
    const whole = await trained(values);
    const stopped = await trained(values, { stopAt: 3 });
    const resumed = await trained(values, { resume: stopped.checkpoint });
    expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses);
  });

  it('is there for augmentation with so many variants of each photo, and for no other', async () => {
    const augmented = { 'augment.mirror': true, 'augment.jitter': [0.3, 0.3, 0.3, 0.1] };
    const endless = await trained(augmented);
    const variants = { ...augmented, 'augment.variants': 1 };
    const kept = await trained(variants);
    expect(endless.reads).toBe(2 * 2 * images.length);
    expect(kept.reads).toBeLessThan(0.75 * endless.reads);
    expect(kept.losses).toEqual((await trained({ ...variants, 'cache.frozen': false })).losses);
    expect(kept.losses).not.toEqual(endless.losses);
  });

  it('is not there where every stage is trained', async () => {
    expect((await trained({ frozenStages: 0 })).reads).toBe(2 * 2 * images.length);
  });
});
