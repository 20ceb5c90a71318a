import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readTrainedRun } from '../../../../../../electron/engine/jobs/tasks/trainedRun.js';
import { learntImages, trainingImages } from '../../../../../../electron/engine/jobs/tasks/images.js';
import { hasMaps } from '../../../../../../electron/engine/jobs/tasks/maps.js';
import { imagesDigest } from '../../../../../../electron/engine/jobs/run/record.js';
import { readGrey } from '../../../../../../electron/engine/images/index.js';
import { createProject, type Project } from '../../../../../../electron/engine/project/project.js';
import { madeSets } from '../../../../../../electron/engine/services/lineage.js';
import { fillSample, isFilled } from '../../../../../../electron/engine/services/sample/fill.js';
import { sampleFolder, sampleProject } from '../../../../../../electron/engine/services/sample/make.js';
import { readRecipe } from '../../../../../../electron/engine/services/sample/recipe.js';
import { put } from '../../../../../support/dataset.js';
import { SAMPLE } from '../../../../../support/engine.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const recipe = await readRecipe(SAMPLE);
const never = new AbortController().signal;

function opened(folder: string): Project {
  const project = sampleProject(folder, recipe);
  onTestFinished(() => project.close());
  return project;
}

it('is complete, with lineage, goes on where it was stopped, and replaces nothing of a person', async () => {
  const project = opened(join(temporaryFolder(), 'sample'));
  const stop = new AbortController();
  const stopping = fillSample(project, recipe, ({ stage }) => stage === 'saliency' && stop.abort(), stop.signal);
  await expect(stopping).rejects.toMatchObject({ code: 'interrupted' });
  expect(isFilled(project, recipe)).toBe(false);
  const byHand = put(project.root, 'masks/corrected/scene-0001.png', 'by hand');

  const told: number[] = [];
  const { mIoU } = await fillSample(project, recipe, ({ done }) => told.push(done), never);
  expect(isFilled(project, recipe)).toBe(true);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(100);
  expect(mIoU).toBeGreaterThan(0.3);
  expect(readFileSync(byHand, 'utf8')).toBe('by hand');

  const { store, paths } = project;
  const images = store.images({ split: 'train' });
  expect([images.length, store.countImages()]).toEqual([32, 40]);
  expect(images.every((image) => image.truth !== null)).toBe(true);
  for (const name of ['single', 'multi']) {
    expect(images.every((image) => hasMaps({ project, name, raw: false }, image))).toBe(true);
  }
  const [{ id, width, height, classes }] = images;
  expect(await readGrey(paths.map('multi', id, classes[0]))).toMatchObject({ width, height });
  expect(madeSets(project).map(({ kind, name, parents }) => [`${kind} ${name}`, ...parents.map((one) => one.name)])).toEqual([
    ['run coattention'],
    ['maps multi', 'coattention'],
    ['maps single', 'coattention'],
    ['saliency builtin'],
    ['masks corrected'],
    ['masks fused', 'multi', 'builtin'],
    ['evaluation maps-multi-train', 'multi'],
    ['evaluation maps-single-train', 'single'],
    ['evaluation masks-fused-train', 'fused'],
  ]); // prettier-ignore

  // The run has learnt from just these images.
  const { record, weights, epoch } = readTrainedRun(project, recipe.run, null);
  expect(record.images).toEqual(imagesDigest(trainingImages(learntImages(project, recipe.split), [])));
  expect(record.datasets).toMatchObject([{ root: join(project.root, 'photos'), images: 32 }]);
  expect([weights.size > 0, epoch]).toEqual([true, record.settings.epochs]);
  const log = readFileSync(join(project.paths.run(recipe.run), 'log.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(JSON.parse(log.at(-1)!)).toMatchObject({ epoch: record.settings.epochs });
});

it('leaves other projects and folders alone', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'thesis.txt'), 'years of work');
  expect(() => sampleProject(folder, recipe)).toThrow(expect.objectContaining({ code: 'not-writable' }));
  const other = createProject(join(folder, 'other'), { name: 'other', classes: ['a'] });
  onTestFinished(() => other.close());
  expect(opened(other.root).config.name).toBe('other');
  await expect(fillSample(other, recipe, () => undefined, never)).rejects.toMatchObject({ code: 'usage' });
});

it('lies beside the documents where there are any', () => {
  const home = temporaryFolder();
  expect(sampleFolder(recipe, home)).toBe(join(home, 'Comask Sample'));
  sampleProject(join(home, 'Documents'), recipe).close();
  expect(sampleFolder(recipe, home)).toBe(join(home, 'Documents', 'Comask Sample'));
});

it('says what to do about a broken archive', async () => {
  const file = join(temporaryFolder(), 'sample.zip');
  writeFileSync(file, readFileSync(SAMPLE).subarray(0, 1000));
  await expect(readRecipe(file)).rejects.toMatchObject({ code: 'file-damaged', file });
  rmSync(file);
  await expect(readRecipe(file)).rejects.toMatchObject({ code: 'file-damaged' });
});
