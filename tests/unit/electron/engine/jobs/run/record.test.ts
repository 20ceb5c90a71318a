import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import { runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { openRun } from '../../../../../../electron/engine/jobs/run/open.js';
import { planTraining } from '../../../../../../electron/engine/jobs/run/plan.js';
import {
  classifierRecords,
  imagesDigest,
  readRunRecord,
  recordDifferences,
  type RunRecord,
} from '../../../../../../electron/engine/jobs/run/record.js';
import { writeEpoch, writeLatest } from '../../../../../../electron/engine/jobs/run/checkpoints.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const image = { id: 'a', classes: [0], domain: 'target' as const };
const record = (changes: Partial<RunRecord> = {}): RunRecord => ({
  schema: 1,
  origin: 'trained',
  preset: 'studio',
  settings: trainSettings.resolve({ backbone: 'tiny' }),
  weights: null,
  split: null,
  classes: ['disc', 'bar'],
  images: imagesDigest([image]),
  ...changes,
});
const withSettings = (values: Record<string, unknown>): RunRecord =>
  record({ settings: trainSettings.resolve({ backbone: 'tiny', ...values }) });
const tensors = new Map([['w', { shape: [1], data: Float32Array.of(1) }]]);

describe('the record of a run', () => {
  it('names each difference', () => {
    expect(recordDifferences(record(), record())).toEqual([]);
    expect(recordDifferences(record(), withSettings({ seed: 2, 'optimiser.stepEpochs': [5, 11] }))).toEqual([
      'seed',
      'optimiser.stepEpochs',
    ]);
    const other = record({ weights: '/w', split: 'train', classes: ['bar', 'disc'], images: imagesDigest([]) });
    expect(recordDifferences(record(), other)).toEqual(['weights', 'split', 'classes', 'images']);
  });

  it('tells images apart by id, labels and domain', () => {
    const variants = [
      [image],
      [{ ...image, id: 'b' }],
      [{ ...image, classes: [1] }],
      [{ ...image, domain: 'web' as const }],
      [image, image],
    ];
    expect(new Set(variants.map((images) => imagesDigest(images).digest)).size).toBe(variants.length);
  });

  it('comes back from its file, and is refused damaged or of a later version', () => {
    const files = runFiles(temporaryFolder());
    openRun(files, record(), 'new', classifierRecords).release();
    expect(readRunRecord(files)).toEqual(record());
    for (const text of ['{', '{}', JSON.stringify({ ...record(), schema: 2 })]) {
      writeFileSync(files.settings, text);
      expect(() => readRunRecord(files)).toThrow(expect.objectContaining({ code: 'file-damaged' }));
    }
  });
});

describe('openRun', () => {
  const files = (): ReturnType<typeof runFiles> => runFiles(join(temporaryFolder(), 'run'));

  it('refuses a run that is there, unless to resume or overwrite', () => {
    const run = files();
    openRun(run, record(), 'new', classifierRecords).release();
    writeLatest(run, { tensors, state: { epoch: 1 }, epoch: 1, logLines: 7 });
    expect(() => openRun(run, record(), 'new', classifierRecords)).toThrow(expect.objectContaining({ code: 'usage' }));

    const resumed = openRun(run, record(), 'resume', classifierRecords);
    expect(resumed.resume).toMatchObject({ state: { epoch: 1 }, epoch: 1, logLines: 7 });
    resumed.release();
    expect(() => openRun(run, withSettings({ seed: 2 }), 'resume', classifierRecords)).toThrow('other values of: seed');

    const anew = openRun(run, withSettings({ seed: 2 }), 'overwrite', classifierRecords);
    expect(anew.resume).toBeNull();
    expect(readRunRecord(run).settings.seed).toBe(2);
    anew.release();
  });

  it('starts anew where nothing was saved before the crash, and leaves files of others alone', () => {
    const run = files();
    openRun(run, record(), 'new', classifierRecords).release();
    writeEpoch(run, 9, tensors);
    writeFileSync(join(run.folder, 'notes.txt'), 'mine');
    expect(openRun(run, record(), 'resume', classifierRecords).resume).toBeNull();
    expect(() => readFileSync(run.epoch(9))).toThrow();
    expect(readFileSync(join(run.folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('takes the place of a training that failed before its first step', () => {
    const run = files();
    openRun(run, record(), 'new', classifierRecords).release();
    writeFileSync(run.log, '');
    openRun(run, withSettings({ seed: 3 }), 'new', classifierRecords).release();
    expect(readRunRecord(run).settings.seed).toBe(3);
  });

  it('removes what a killed process was writing', () => {
    const run = files();
    openRun(run, record(), 'new', classifierRecords).release();
    writeLatest(run, { tensors, state: {}, epoch: 1, logLines: 0 });
    writeFileSync(join(run.checkpoints, '.latest.safetensors.0a1b.tmp'), 'half');
    openRun(run, record(), 'resume', classifierRecords).release();
    expect(readdirSync(run.checkpoints)).toEqual(['latest.safetensors']);
  });

  it('does not go on with an imported run', () => {
    const run = files();
    openRun(run, record({ origin: 'imported' }), 'new', classifierRecords).release();
    writeLatest(run, { tensors, state: {}, epoch: 0, logLines: 0 });
    expect(() => openRun(run, record(), 'resume', classifierRecords)).toThrow('imported');
  });

  it('keeps a second process out, and takes over from one that is gone', () => {
    const run = files();
    mkdirSync(run.folder, { recursive: true });
    const gone = spawnSync(process.execPath, ['--version']).pid;
    for (const holder of [
      { pid: process.ppid, host: hostname() },
      { pid: gone, host: 'another-machine' },
    ]) {
      writeFileSync(run.lock, JSON.stringify(holder));
      expect(() => openRun(run, record(), 'new', classifierRecords)).toThrow(
        expect.objectContaining({ code: 'busy', file: run.lock }),
      );
    }
    writeFileSync(run.lock, JSON.stringify({ pid: gone, host: hostname() }));
    openRun(run, record(), 'overwrite', classifierRecords).release();
    writeFileSync(run.lock, '');
    const open = openRun(run, record(), 'overwrite', classifierRecords);
    expect(JSON.parse(readFileSync(run.lock, 'utf8'))).toMatchObject({ pid: process.pid });
    open.release();
    expect(() => readFileSync(run.lock)).toThrow();
  });
});

describe('planTraining', () => {
  it("resolves over the preset, or over the run's own values to go on", () => {
    const run = runFiles(temporaryFolder());
    const fresh = planTraining(run.folder, { mode: 'resume', preset: 'paper', overrides: { seed: 5 }, weights: 'w' });
    expect(fresh.settings['affinity.form']).toBe('raw');
    expect(fresh.weights).toBe(join(process.cwd(), 'w'));

    openRun(run, record({ ...fresh, split: 'train' }), 'new', classifierRecords).release();
    const plain = planTraining(run.folder, { mode: 'resume', overrides: {} });
    expect(plain).toEqual({ ...fresh, split: 'train' });
    expect(planTraining(run.folder, { mode: 'resume', overrides: { seed: 6 } }).settings.seed).toBe(6);
    expect(planTraining(run.folder, { mode: 'overwrite', overrides: {} }).settings.seed).toBe(1);
  });
});
