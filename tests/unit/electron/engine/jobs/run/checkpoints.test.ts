import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  readLatest,
  readRunWeights,
  writeEpoch,
  writeLatest,
} from '../../../../../../electron/engine/jobs/run/checkpoints.js';
import { keptEpochs, runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { openLog } from '../../../../../../electron/engine/jobs/run/log.js';
import { encodeSafetensors } from '../../../../../../electron/engine/learn/weights/safetensors.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const tensors = (value: number): NamedArrays =>
  new Map([
    ['w', { shape: [1], data: Float32Array.of(value) }],
    ['momentum.w', { shape: [1], data: Float32Array.of(-value) }],
  ]);

describe('checkpoints of a run', () => {
  it('keep weights, optimiser, state and place in the log', () => {
    const files = runFiles(temporaryFolder());
    expect(readLatest(files)).toBeNull();
    const checkpoint = { tensors: tensors(1), state: { epoch: 2, nested: [1.5] }, epoch: 2, logLines: 40 };
    writeLatest(files, checkpoint);
    const read = readLatest(files)!;
    expect({ ...read, tensors: [...read.tensors].sort() }).toEqual({ ...checkpoint, tensors: [...tensors(1)].sort() });
  });

  it.each([
    ['nothing', {}],
    ['no number of epochs', { epoch: 'two', logLines: '3', state: '{}' }],
    ['a position that is not JSON', { epoch: '1', logLines: '3', state: '{"step":' }],
    ['a position that is a list', { epoch: '1', logLines: '3', state: '[1]' }],
  ])('refuse a file that says %s of the training', (_what, metadata) => {
    const files = runFiles(temporaryFolder());
    writeLatest(files, { tensors: tensors(1), state: {}, epoch: 0, logLines: 0 });
    writeFileSync(files.latest, encodeSafetensors(tensors(1), metadata));
    expect(() => readLatest(files)).toThrow(expect.objectContaining({ code: 'weights-damaged', file: files.latest }));
  });

  it('give the weights of the epoch asked for, of the epoch to keep, or the latest', () => {
    const files = runFiles(temporaryFolder());
    expect(() => readRunWeights(files, { epoch: null, keep: 0 })).toThrow('finished no epoch yet');
    writeEpoch(files, 1, tensors(1));
    writeEpoch(files, 2, tensors(2));
    writeLatest(files, { tensors: tensors(3), state: {}, epoch: 2, logLines: 0 });
    expect(keptEpochs(files)).toEqual([1, 2]);
    const chosen = (epoch: number | null, keep: number): number =>
      readRunWeights(files, { epoch, keep }).weights.get('w')!.data[0];
    expect(chosen(1, 2)).toBe(1);
    expect(chosen(null, 2)).toBe(2);
    expect(chosen(null, 10)).toBe(3);
    expect(chosen(null, 0)).toBe(3);
    expect([...readRunWeights(files, { epoch: null, keep: 0 }).weights.keys()]).toEqual(['w']);
    expect(() => chosen(3, 0)).toThrow('there are epochs 1, 2');
  });
});

describe('the log of a run', () => {
  it('goes on after the lines that a checkpoint holds', () => {
    const files = runFiles(temporaryFolder());
    const first = openLog(files.log, 0);
    for (const step of [1, 2, 3]) first.append({ step });
    expect(first.lines).toBe(3);
    first.close();
    writeFileSync(files.log, readFileSync(files.log, 'utf8') + '{"step":4,"cut');

    const second = openLog(files.log, 2);
    second.append({ step: 'again' });
    second.sync();
    second.close();
    expect(readFileSync(files.log, 'utf8')).toBe('{"step":1}\n{"step":2}\n{"step":"again"}\n');
  });

  it('drops a line cut short even where the checkpoint would hold it', () => {
    const files = runFiles(temporaryFolder());
    writeFileSync(files.log, '{"step":1}\n{"st');
    const log = openLog(files.log, 2);
    expect(log.lines).toBe(1);
    log.close();
    expect(readFileSync(files.log, 'utf8')).toBe('{"step":1}\n');
  });
});
