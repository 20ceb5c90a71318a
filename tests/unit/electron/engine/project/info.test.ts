import { mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectInfo } from '../../../../../electron/engine/project/info.js';
import { openProject } from '../../../../../electron/engine/project/project.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

it('tells what the index and the folder of a project hold', () => {
  const project = openProject(smallProject(temporaryFolder(), 6, (index) => (index < 4 ? 'train' : null)));
  for (const name of ['second', 'first']) mkdirSync(project.paths.run(name), { recursive: true });
  mkdirSync(project.paths.corrected, { recursive: true });
  put(project.root, 'evaluations/fused.json', '{}');
  put(project.root, 'maps/stray.txt', '');
  const failure = { file: 'x', code: 'file-missing', reason: 'gone', action: 'skipped' } as const;
  project.store.replaceFailures(0, [failure]);
  const info = projectInfo(project);
  project.close();
  expect(info).toMatchObject({
    name: 'small',
    images: 6,
    splits: { '': 2, train: 4 },
    domains: { target: 6 },
    classes: [
      { name: 'disc', images: 4 },
      { name: 'bar', images: 4 },
    ],
    withTruth: 0,
    unlabelled: 0,
    runs: ['first', 'second'],
    maps: [],
    saliency: [],
    masks: ['corrected'],
    evaluations: ['fused'],
  });
  expect(info.failures).toEqual([expect.objectContaining(failure)]);
});
