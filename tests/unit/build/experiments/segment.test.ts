import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCorrected } from '../../../../build/experiments/segment/correct.mjs';
import { runs, stepsOf } from '../../../../build/experiments/segment/plan.mjs';
import { tableOf } from '../../../../build/experiments/segment/table.mjs';
import { put } from '../../../support/dataset.js';
import { temporaryFolder } from '../../../support/folder.js';

describe('the corrected masks of the experiment', () => {
  it('are ground truth for the worst and the set’s own for the rest', async () => {
    const folder = temporaryFolder();
    const ids = ['JPEGImages/a', 'JPEGImages/b', 'JPEGImages/c', 'JPEGImages/d'];
    for (const id of ['a', 'b', 'c', 'd']) {
      put(folder, `masks/${id}.png`, Buffer.from(`pseudo ${id}`));
      put(folder, `data/SegmentationClass/${id}.png`, Buffer.from(`true ${id}`));
    }
    const to = join(folder, 'corrected');
    const from = { masks: join(folder, 'masks'), data: join(folder, 'data') };
    expect(await writeCorrected({ ...from, percent: 50 }, ids, to)).toEqual({ masks: 4, corrected: 2 });
    const texts = ['a', 'b', 'c', 'd'].map((id) => readFileSync(join(to, `${id}.png`), 'utf8'));
    expect(texts).toEqual(['true a', 'true b', 'pseudo c', 'pseudo d']);
  });
});

describe('the figures of the experiment', () => {
  it('are ratios to the training on ground truth', () => {
    const options = { data: 'd', masks: 'm', weights: null, segmenter: 'tiny-largefov', iterations: 4, batch: 1, crop: 33, frozen: 0, percent: 10, seed: 1, device: null }; // prettier-ignore
    const steps = stepsOf('out', options);
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    const results: Record<string, unknown> = {
      correct: { masks: 20, corrected: 2 },
      'evaluate-masks-pseudo': { mIoU: 0.7 },
      'evaluate-masks-fixed': { mIoU: 0.75 },
      'evaluate-pseudo': { mIoU: 0.4, evaluated: 9 },
      'evaluate-fixed': { mIoU: 0.45, evaluated: 9 },
      'evaluate-truth': { mIoU: 0.5, evaluated: 9 },
    };
    const done = Object.fromEntries(steps.map(({ name }) => [name, { seconds: 90, result: results[name] }]));
    const table: string = tableOf(done);
    expect(table).toContain(`${runs[0].title.padEnd(42)}    0.700    0.400    0.800      1.5`);
    expect(table).toContain(`${runs[2].title.padEnd(42)}    0.750    0.450    0.900      1.5`);
    expect(table).toContain('2 of 20 masks were corrected.');
  });
});
