import { beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { segmentSettings, type SegmentSettings } from '../../../../../../shared/settings/index.js';
import type { LabelMap } from '../../../../../../shared/types.js';
import { beforeAsking } from '../../../../../../electron/engine/learn/ops/interrupt.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import type { SampleSource } from '../../../../../../electron/engine/learn/segment/batches.js';
import { trainSegmenter, type SegmentTrainingResult } from '../../../../../../electron/engine/learn/segment/train.js';
import type { Validation } from '../../../../../../electron/engine/learn/segment/validate.js';
import type { Checkpoint } from '../../../../../../electron/engine/learn/train/types.js';
import { segmentScenes } from '../../../../../support/segments.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 3;
const scenes = segmentScenes(6, CLASSES);
const small: Partial<SegmentSettings> = {
  segmenter: 'tiny-largefov',
  iterations: 6,
  batchSize: 2,
  cropSize: 41,
  'head.channels': 16,
  'validation.every': 2,
  'checkpoint.every': 3,
  'head.dropout': 0.3,
};

/** Share of pixels that are right, over all photos. */
function accuracy(): ReturnType<Validation['measure']> {
  let [right, all] = [0, 0];
  return {
    add(truth: LabelMap, labels: LabelMap) {
      all += truth.data.length;
      right += truth.data.reduce((sum, label, i) => sum + Number(label === labels.data[i]), 0);
    },
    mIoU: () => right / all,
  };
}

const validation: Validation = {
  ids: scenes.ids.slice(0, 2),
  read: async (id) => {
    const { photo, labels } = await scenes.read(id);
    return { photo, truth: labels };
  },
  measure: accuracy,
};

interface Outcome {
  checkpoints: Checkpoint[];
  log: Record<string, unknown>[];
  best: string[];
  result?: SegmentTrainingResult;
  error?: unknown;
  operations: number;
}

const bytesOf = (tensors: Checkpoint['tensors']): string =>
  [...tensors].map(([name, { data }]) => `${name} ${Buffer.from(data.buffer).toString('base64')}`).join('\n');

/** Trains on the scenes; `stopAtOperation` aborts in front of so many convolutions. */
async function run(
  settings: SegmentSettings,
  options: { resume?: Checkpoint; stopAtOperation?: number; source?: Partial<SampleSource> } = {},
): Promise<Outcome> {
  const outcome: Outcome = { checkpoints: [], log: [], best: [], operations: 0 };
  const abort = new AbortController();
  beforeAsking(() => {
    if (++outcome.operations === options.stopAtOperation) abort.abort();
  });
  const inputs = {
    tf,
    classCount: CLASSES,
    source: { ...scenes, ...options.source },
    validation,
    backboneWeights: null,
    resume: options.resume ?? null,
  };
  const events = {
    onProgress: () => undefined,
    onLog: (entry: Record<string, unknown>) => void outcome.log.push(entry),
    onCheckpoint: (checkpoint: Checkpoint) => void outcome.checkpoints.push(checkpoint),
    onBest: (weights: Checkpoint['tensors']) => void outcome.best.push(bytesOf(weights)),
  };
  await trainSegmenter(inputs, settings, events, abort.signal).then(
    (result) => (outcome.result = result),
    (error: unknown) => (outcome.error = error),
  );
  return outcome;
}

describe('the training of a segmenter', () => {
  it('gives the same weights twice, measures and saves when it is to, and leaves no tensor behind', async () => {
    const settings = segmentSettings.resolve(small);
    const first = await run(settings);
    const before = tf.memory().numTensors;
    const second = await run(settings);
    expect(tf.memory().numTensors).toBe(before);
    expect(second.error).toBeUndefined();
    expect(second.log).toEqual(first.log);
    expect(second.log.filter(({ loss }) => loss !== undefined)).toHaveLength(6);
    expect(second.log.flatMap(({ mIoU, iteration }) => (mIoU === undefined ? [] : [iteration]))).toEqual([2, 4, 6]);
    expect(second.checkpoints.map(({ state }) => state.iteration)).toEqual([3, 6]);
    expect(bytesOf(second.checkpoints.at(-1)!.tensors)).toBe(bytesOf(first.checkpoints.at(-1)!.tensors));
    const measured = second.log.flatMap(({ mIoU }) => (mIoU === undefined ? [] : [mIoU as number]));
    expect(second.result?.best?.mIoU).toBe(Math.max(...measured));
  });

  it('goes on from a stop anywhere to the same bytes, and leaves no tensor behind', async () => {
    const settings = segmentSettings.resolve(small);
    const whole = await run(settings);
    // Forward, backward, in a measuring, in a later step.
    for (const stopAtOperation of [3, 20, Math.floor(whole.operations / 2), whole.operations - 9]) {
      const before = tf.memory().numTensors;
      const stopped = await run(settings, { stopAtOperation });
      expect(tf.memory().numTensors).toBe(before);
      expect(stopped.error).toMatchObject({ code: 'interrupted' });
      const resumed = await run(settings, { resume: stopped.checkpoints.at(-1) });
      expect([...stopped.log, ...resumed.log]).toEqual(whole.log);
      expect(bytesOf(resumed.checkpoints.at(-1)!.tensors)).toBe(bytesOf(whole.checkpoints.at(-1)!.tensors));
      expect([...stopped.best, ...resumed.best]).toEqual(whole.best);
    }
  });

  it('is the same but for rounding, whether a batch is computed whole or one image at a time', async () => {
    const one = await run(segmentSettings.resolve({ ...small, iterations: 2, 'head.dropout': 0 }));
    const all = await run(segmentSettings.resolve({ ...small, iterations: 2, 'head.dropout': 0, microBatch: 0 }));
    const losses = ({ log }: Outcome): number[] =>
      log.flatMap(({ loss }) => (loss === undefined ? [] : [loss as number]));
    losses(one).forEach((loss, i) => expect(loss).toBeCloseTo(losses(all)[i], 5));
  });

  it('learns more of the scenes than how frequent each label is', async () => {
    const still = { 'augment.scale': [1, 1], 'augment.mirror': false, 'head.dropout': 0 };
    const settings = segmentSettings.resolve({ ...small, ...still, cropSize: 49, batchSize: 6, microBatch: 0, iterations: 120, 'validation.every': 0 }); // prettier-ignore
    const { log } = await run(settings);
    const entropy = -(15 / 16) * Math.log(15 / 16) - (1 / 16) * Math.log(1 / 16 / CLASSES);
    expect(log.at(-1)!.loss).toBeLessThan(0.7 * entropy);
  });

  it('leaves out what cannot be used, listed once, and stops where it is too much', async () => {
    const broken = (bad: (id: string) => boolean): Partial<SampleSource> => ({
      read: async (id) => {
        if (bad(id)) throw new StudioError({ code: 'label-unknown', message: 'label 9', file: `${id}.png` });
        return scenes.read(id);
      },
    });
    const settings = segmentSettings.resolve(small);
    const one = await run(settings, { source: broken((id) => id === 'scene-2') });
    expect(one.error).toBeUndefined();
    expect(one.result?.failures).toEqual([expect.objectContaining({ id: 'scene-2', code: 'label-unknown' })]);
    const all = await run(settings, { source: broken(() => true) });
    expect(all.error).toMatchObject({ code: 'label-unknown' });
  });

  it('passes over masks that decide nothing, and says so where all are such', async () => {
    const ignored = (which: (id: string) => boolean): Partial<SampleSource> => ({
      read: async (id) => {
        const sample = await scenes.read(id);
        if (which(id)) sample.labels.data.fill(255);
        return sample;
      },
    });
    const settings = segmentSettings.resolve(small);
    expect((await run(settings, { source: ignored((id) => id === 'scene-1') })).error).toBeUndefined();
    expect((await run(settings, { source: ignored(() => true) })).error).toMatchObject({ code: 'label-missing' });
  });

  it('says which weights it needs', async () => {
    const { error } = await run(segmentSettings.resolve({ ...small, segmenter: 'vgg16-largefov' }));
    expect(error).toMatchObject({ code: 'usage', remedy: expect.stringContaining('--weights') });
  });
});
