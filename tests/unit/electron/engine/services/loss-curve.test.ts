import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFiles } from '../../../../../electron/engine/jobs/run/files.js';
import { lossCurve } from '../../../../../electron/engine/services/loss-curve.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';

const lines = (totals: readonly number[], perEpoch: number): string =>
  totals.map((total, i) => `${JSON.stringify({ epoch: 1 + Math.floor(i / perEpoch), step: i + 1, total })}\n`).join('');

it('has a value a step, and the best and last mean of an epoch', async () => {
  const folder = temporaryFolder();
  put(folder, 'log.jsonl', `${lines([4, 2, 1, 2, 3, 1], 2)}no JSON\n{"epoch":3,"total":null}\n`);
  expect(await lossCurve(runFiles(folder))).toEqual({ steps: 6, best: 1.5, last: 2, curve: [4, 2, 1, 2, 3, 1] });
});

it('keeps the mean of a long training in few values, and reads a log again only when it has changed', async () => {
  const folder = temporaryFolder();
  const files = runFiles(folder);
  for (const count of [64, 127, 128, 129, 1000, 4096]) {
    put(folder, 'log.jsonl', lines(Array.from({ length: count }, (_, i) => i), 10)); // prettier-ignore
    const { curve, steps } = (await lossCurve(files))!;
    expect(steps).toBe(count);
    expect(curve.length).toBeLessThanOrEqual(64);
    expect(curve.length).toBeGreaterThanOrEqual(32);
    expect(curve).toEqual([...curve].sort((a, b) => a - b));
    if (Number.isInteger(Math.log2(count))) expect(curve.reduce((a, b) => a + b) / curve.length).toBeCloseTo((count - 1) / 2); // prettier-ignore
    expect(await lossCurve(files)).toBe(await lossCurve(files));
  }
});

it("reads a segmenter's log: one loss a step, fifty steps an epoch, measurings passed by", async () => {
  const folder = temporaryFolder();
  const step = (i: number): string =>
    `${JSON.stringify({ iteration: i + 1, loss: i < 50 ? 4 : 1, gradientNorm: 9 })}\n`;
  const log = Array.from({ length: 60 }, (_, i) => step(i)).join('');
  put(folder, 'log.jsonl', `${log}${JSON.stringify({ iteration: 60, mIoU: 0.5, images: 8 })}\n`);
  expect(await lossCurve(runFiles(folder))).toMatchObject({ steps: 60, best: 1, last: 1 });
});

it('is null before a step', async () => {
  expect(await lossCurve(runFiles(join(temporaryFolder(), 'none')))).toBeNull();
});
