import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WRONG_SHARE, writeSingle, writeTarget, writeWeb } from '../../../../build/experiments/domains/derive.mjs';
import { runs, stepsOf } from '../../../../build/experiments/domains/plan.mjs';
import { auditFigures, tableOf } from '../../../../build/experiments/domains/table.mjs';
import { UserError } from '../../../../build/steps/state.mjs';
import { vocDevkit } from '../../../support/dataset.js';
import { temporaryFolder } from '../../../support/folder.js';

const names = ['bird', 'cat', 'dog'];

const photosIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));

/** A devkit of 20 photos, every fifth of them with two labels. */
async function devkit(folder: string): Promise<{ data: string; labelsOf: Map<string, number[]> }> {
  const images = Array.from({ length: 20 }, (_, i) => {
    const id = `p${String(i).padStart(2, '0')}`;
    return { id, split: 'train', classes: i % 5 === 0 ? [0, 2] : [i % 3] };
  });
  const data = await vocDevkit(join(folder, 'data'), images);
  return { data, labelsOf: new Map(images.map(({ id, classes }) => [id, classes])) };
}

describe('the datasets of the experiment', () => {
  it('are two halves that share no photo, the same for a seed, and leave the data as it is', async () => {
    const folder = temporaryFolder();
    const { data, labelsOf } = await devkit(folder);
    const before = readdirSync(data, { recursive: true }).sort();
    const options = { data, limit: null, seed: 1 };
    const [target, single, web] = ['target', 'single', 'web'].map((name) => join(folder, name));
    expect(await writeTarget(options, target)).toEqual({ photos: 10 });
    const { photos } = await writeSingle(options, names, single);
    const made = await writeWeb(options, names, web);
    expect(await writeWeb(options, names, web)).toEqual(made);
    expect((await writeWeb({ ...options, seed: 2 }, names, `${web}-2`)).planted).not.toEqual(made.planted);
    expect(readdirSync(data, { recursive: true }).sort()).toEqual(before);

    const ofTarget = readdirSync(join(target, 'JPEGImages')).map((file) => file.slice(0, 3));
    expect(readdirSync(join(target, 'SegmentationClass'))).toHaveLength(10);
    const ofWeb = photosIn(web).map((path) => path.slice(-7, -4));
    expect([...ofTarget, ...ofWeb].sort()).toEqual([...labelsOf.keys()]);

    const singles = photosIn(single);
    expect(singles).toHaveLength(photos);
    for (const path of singles) {
      const [name, file] = path.split('/');
      expect(labelsOf.get(file.slice(-7, -4))).toEqual([names.indexOf(name)]);
    }
  });

  it('hold exactly the planted share of wrong keywords', async () => {
    const folder = temporaryFolder();
    const { data, labelsOf } = await devkit(folder);
    const web = join(folder, 'web');
    const { photos, planted } = await writeWeb({ data, limit: null, seed: 3 }, names, web);
    const wrong = photosIn(web)
      .filter((path) => !labelsOf.get(path.slice(-7, -4))!.includes(names.indexOf(path.split('/')[0])))
      .map((path) => path.slice(0, -4));
    expect(wrong.sort()).toEqual([...planted].sort());
    expect(planted).toHaveLength(Math.round(WRONG_SHARE * photos));
  });

  it('can be fewer photos, and need a devkit', async () => {
    const folder = temporaryFolder();
    const { data } = await devkit(folder);
    expect(await writeTarget({ data, limit: 8, seed: 1 }, join(folder, 'few'))).toEqual({ photos: 4 });
    await expect(writeTarget({ data: folder, limit: null, seed: 1 }, join(folder, 'none'))).rejects.toThrow(UserError);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('the figures of the experiment', () => {
  const labels = Array.from({ length: 20 }, (_, i) => ({
    id: `${i}`,
    class: i < 10 ? 'bird' : 'cat',
    confidence: (i % 10) / 10,
    probability: 1 - (i % 10) / 10,
    agreement: i === 0 ? null : 0.5,
  }));

  it('are precision and recall of the worst fifth of each class', () => {
    const [confidence, classifier] = auditFigures(labels, ['0', '10', '11', '19']);
    expect(confidence).toEqual({ title: 'confidence', chosen: 4, precision: 0.75, recall: 0.75 });
    expect(classifier).toMatchObject({ precision: 0.25, recall: 0.25 });
    expect(auditFigures(labels, [])[0].recall).toBeNull();
  });

  it('stand in a table with a line for each training', () => {
    const options = { data: 'd', weights: null, backbone: 'tiny', size: 32, epochs: 1, seed: 1, device: null, saliency: null }; // prettier-ignore
    const steps = stepsOf('out', { ...options, limit: null });
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    const results: Record<string, unknown> = {
      'photos-target': { photos: 10 },
      'photos-web': { photos: 20, planted: ['0'] },
      confidences: { labels },
    };
    const done = Object.fromEntries(
      steps.map(({ name }) => [name, { seconds: 6, result: results[name] ?? { mIoU: 0.5, evaluated: 10 } }]),
    );
    const table: string = tableOf(steps, done);
    for (const { title } of runs) expect(table).toContain(`${title.padEnd(42)}    0.500    0.500`);
    expect(table).toContain(`${(steps.length / 10).toFixed(1)} minutes`);
  });
});
