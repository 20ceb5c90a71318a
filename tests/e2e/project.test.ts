import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliBuilt, comask } from '../support/cli.js';
import { put, vocDevkit } from '../support/dataset.js';
import { temporaryFolder } from '../support/folder.js';

describe.skipIf(!cliBuilt)('comask new and info (need the bundle: npm run build)', () => {
  let dataset: string;
  let project: string;
  beforeEach(async () => {
    dataset = await vocDevkit(temporaryFolder(), [
      { id: 'a', split: 'train', classes: [0, 2] },
      { id: 'b', split: 'val', classes: [1] },
    ]);
    project = join(temporaryFolder(), 'birds');
  });

  it('make a project, tell what could not be used, and show what is in it', async () => {
    put(dataset, 'JPEGImages/b.jpg', 'no photo');
    const made = await comask('new', project, '--dataset', dataset, '--domain', 'single');
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toMatch(/1 images added[^]*1 problem[^]*b\.jpg.*skipped/);
    const info = await comask('info', project);
    expect(info.stdout).toMatch(/birds[^]*single-label[^]*aeroplane +1[^]*b\.jpg/);
    const json = JSON.parse((await comask('info', project, '--json')).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ images: 1, splits: { train: 1 }, failures: [{ id: 'b', code: 'file-damaged' }] });
  });

  it.each([
    ['no dataset is named', 2, /--dataset/, () => ['new', project]],
    ['the format is unknown', 2, /kitti/, () => ['new', project, '--dataset', dataset, '--format', 'kitti']],
    ['the dataset is not there', 1, /no folder/, () => ['new', project, '--dataset', join(dataset, 'none')]],
    ['there is no project', 1, /comask new/, () => ['info', project]],
  ])('end with a word on what to do where %s', async (_case, exitCode, message, args) => {
    const ended = await comask(...args());
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });
});
