import { beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import type { Failure } from '../../../../../../shared/types.js';
import { trainSettings, type Preset, type TrainSettings } from '../../../../../../shared/settings/index.js';
import { beforeAsking } from '../../../../../../electron/engine/learn/ops/interrupt.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { train } from '../../../../../../electron/engine/learn/train/train.js';
import type { Checkpoint } from '../../../../../../electron/engine/learn/train/types.js';
import { scenes } from '../../../../../support/scenes.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 3;
const { images, readPhoto } = scenes(10, CLASSES);
const small: Partial<TrainSettings> = { backbone: 'tiny', epochs: 3, batchSize: 4, inputSize: 32 };

interface Outcome {
  checkpoints: { checkpoint: Checkpoint; reason: string }[];
  losses: number[];
  failures?: readonly Failure[];
  error?: unknown;
  /** Convolutions and gradients of them. */
  operations: number;
}

/** Trains on the scenes; `stopAt` aborts after so many steps, `stopAtOperation` in front of so many convolutions. */
async function run(
  settings: TrainSettings,
  options: {
    resume?: Checkpoint;
    stopAt?: number;
    stopAtOperation?: number;
    images?: typeof images;
    unreadable?: (id: string) => boolean;
  } = {},
): Promise<Outcome> {
  const outcome: Outcome = { checkpoints: [], losses: [], operations: 0 };
  const abort = new AbortController();
  const inputs = {
    tf,
    images: options.images ?? images,
    classCount: CLASSES,
    readPhoto: async (id: string) => {
      if (options.unreadable?.(id)) throw new StudioError({ code: 'file-missing', message: 'gone', file: `${id}.jpg` });
      return readPhoto(id);
    },
    backboneWeights: null,
    resume: options.resume ?? null,
  };
  const events = {
    onProgress: () => undefined,
    onLog: ({ total }: Record<string, unknown>) => {
      outcome.losses.push(total as number);
      if (outcome.losses.length === options.stopAt) abort.abort();
    },
    onCheckpoint: (checkpoint: Checkpoint, reason: string) => void outcome.checkpoints.push({ checkpoint, reason }),
  };
  beforeAsking(() => {
    if (++outcome.operations === options.stopAtOperation) abort.abort();
  });
  await train(inputs, settings, events, abort.signal).then(
    ({ failures }) => (outcome.failures = failures),
    (error: unknown) => (outcome.error = error),
  );
  return outcome;
}

const bytesOf = ({ tensors }: Checkpoint): string =>
  [...tensors].map(([name, { data }]) => `${name} ${Buffer.from(data.buffer).toString('base64')}`).join('\n');

describe('training', () => {
  it.each<Preset>(['studio', 'paper', 'reference'])(
    'runs under preset %s and leaves no tensor behind',
    async (preset) => {
      const settings = trainSettings.resolve({ ...small, 'watch.enabled': false }, preset);
      await run({ ...settings, epochs: 1 });
      const before = tf.memory().numTensors;
      const { checkpoints, losses, error } = await run(settings);
      expect(error).toBeUndefined();
      expect(checkpoints.map(({ reason }) => reason)).toEqual(['epoch', 'epoch', 'epoch']);
      expect(losses).toHaveLength(9);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it.each([
    ['forward', 2, 0],
    ['backward', 20, 0],
    ['the second part of a batch', 40, 1],
  ])(
    'ends in the middle of a step (%s), as if the step had not begun, and leaves no tensor',
    async (_, more, microBatch) => {
      const settings = trainSettings.resolve({ ...small, microBatch, 'watch.enabled': false });
      const whole = await run(settings);
      const { operations } = await run(settings, { stopAt: 1 });
      const before = tf.memory().numTensors;
      const stopped = await run(settings, { stopAtOperation: operations + more });
      expect(stopped.error).toMatchObject({ code: 'interrupted' });
      expect(tf.memory().numTensors).toBe(before);
      expect(stopped.losses).toEqual(whole.losses.slice(0, stopped.losses.length));
      const { checkpoint, reason } = stopped.checkpoints.at(-1)!;
      expect(reason).toBe('interrupt');
      const resumed = await run(settings, { resume: checkpoint });
      expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses);
      expect(bytesOf(resumed.checkpoints.at(-1)!.checkpoint)).toBe(bytesOf(whole.checkpoints.at(-1)!.checkpoint));
    },
  );

  it('gives the same weights twice, and the same after a stop in the middle of an epoch', async () => {
    const settings = trainSettings.resolve(small);
    const whole = await run(settings);
    const again = await run(settings);
    const final = bytesOf(whole.checkpoints.at(-1)!.checkpoint);
    expect(bytesOf(again.checkpoints.at(-1)!.checkpoint)).toBe(final);

    const stopped = await run(settings, { stopAt: 4 });
    expect(stopped.error).toMatchObject({ code: 'interrupted' });
    const { checkpoint, reason } = stopped.checkpoints.at(-1)!;
    expect(reason).toBe('interrupt');
    expect(checkpoint.state).toMatchObject({ epoch: 1, stepInEpoch: 1 });
    const resumed = await run(settings, { resume: checkpoint });
    expect(resumed.losses).toEqual(whole.losses.slice(4));
    expect(bytesOf(resumed.checkpoints.at(-1)!.checkpoint)).toBe(final);
  });

  it('learns the scenes', async () => {
    const settings = trainSettings.resolve({ ...small, epochs: 30, 'augment.jitter': [], 'augment.crop': 0 });
    const { losses, error } = await run(settings);
    expect(error).toBeUndefined();
    const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean(losses.slice(-9))).toBeLessThan(0.7 * mean(losses.slice(0, 9)));
  });

  it.each([
    ['basic', { 'loss.coAttention': 0, 'loss.contrastive': 0 }],
    ['coAttention', { 'loss.basic': 0, 'loss.contrastive': 0 }],
    ['contrastive', { 'loss.basic': 0, 'loss.coAttention': 0 }],
  ])('can be reduced to the %s loss alone', async (_name, switches) => {
    const { error, losses } = await run(trainSettings.resolve({ ...small, ...switches, epochs: 1 }));
    expect(error).toBeUndefined();
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it('stops with the reason when the steps are too large', async () => {
    const settings = trainSettings.resolve({
      ...small,
      epochs: 10,
      'optimiser.rate': 10,
      'optimiser.newLayerFactor': 1000,
      // Decay beyond 1 turns every weight round and makes it larger, step by step.
      'optimiser.weightDecay': 1,
      'optimiser.clipNorm': 0,
      'watch.enabled': true,
      'optimiser.warmupEpochs': 0,
    });
    const { error } = await run(settings);
    expect(error).toMatchObject({ code: 'training-diverged' });
    expect((error as { remedy: string }).remedy).toContain('optimiser.rate');
  });

  it('says so where nothing is labelled, and where a backbone needs weights', async () => {
    const unlabelled = images.map((image) => ({ ...image, classes: [] }));
    expect((await run(trainSettings.resolve(small), { images: unlabelled })).error).toMatchObject({
      code: 'label-missing',
    });
    expect((await run(trainSettings.resolve({ ...small, backbone: 'vgg16' }))).error).toMatchObject({ code: 'usage' });
  });

  it('leaves out a photo that can no longer be read, and lists it once', async () => {
    const { error, failures, losses } = await run(trainSettings.resolve(small), {
      unreadable: (id) => id === 'image-4',
    });
    expect(error).toBeUndefined();
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(failures).toEqual([
      expect.objectContaining({ id: 'image-4', file: 'image-4.jpg', code: 'file-missing', reason: 'gone' }),
    ]);
  });

  it('keeps its position and stops where the photos are gone, and goes on when they are back', async () => {
    const settings = trainSettings.resolve(small);
    const whole = await run(settings);
    let reads = 0;
    const lost = await run(settings, { unreadable: () => ++reads > 30 });
    expect(lost.error).toMatchObject({ code: 'file-missing', remedy: expect.stringContaining('--resume') });
    const { checkpoint, reason } = lost.checkpoints.at(-1)!;
    expect(reason).toBe('interrupt');
    const resumed = await run(settings, { resume: checkpoint });
    expect(resumed.error).toBeUndefined();
    expect(resumed.losses.length).toBeGreaterThan(0);
    expect(resumed.losses.length).toBeLessThan(whole.losses.length);
  });

  it('trains pairs of all kinds of domains, each with its own matrix', async () => {
    const domains = ['target', 'single-label', 'web'] as const;
    const mixed = images.map((image, i) => ({ ...image, domain: domains[i % 3] }));
    const settings = trainSettings.resolve({ ...small, epochs: 2, 'optimiser.weightDecay': 0 });
    const { checkpoints, error } = await run(settings, { images: mixed });
    expect(error).toBeUndefined();
    const moved = (kind: string): boolean => {
      const { data } = checkpoints.at(-1)!.checkpoint.tensors.get(`momentum.affinity.${kind}.weight`)!;
      return data.some((value) => value !== 0);
    };
    expect(['target', 'single', 'mixed'].map(moved)).toEqual([true, true, true]);
  });
});
