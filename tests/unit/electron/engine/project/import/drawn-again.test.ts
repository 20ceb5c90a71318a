import { mkdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newProject, type NewProjectResult } from '../../../../../../electron/engine/project/import/new-project.js';
import { openProject } from '../../../../../../electron/engine/project/project.js';
import { jpeg, put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const half = (left: number): string => `0 ${left} 0 ${left + 0.5} 0 ${left + 0.5} 1 ${left} 1\n`;

it('draws ground truth anew where the dataset describes it otherwise since, and only there', async () => {
  const [folder, dataset] = [join(temporaryFolder(), 'project'), join(temporaryFolder(), 'dataset')];
  mkdirSync(dataset);
  put(dataset, 'data.yaml', 'names: [cat]');
  for (const name of ['a', 'b']) {
    put(dataset, `images/${name}.jpg`, await jpeg());
    put(dataset, `labels/${name}.txt`, half(0));
  }
  const run = (): Promise<NewProjectResult> =>
    newProject({ folder, dataset, format: 'auto', domain: 'target' }, new AbortController().signal, () => undefined);
  const drawn = (id: string): string => {
    const project = openProject(folder);
    project.close();
    return readFileSync(project.paths.truth(id)).toString('base64');
  };

  expect(await run()).toMatchObject({ added: 2, completed: 0, failures: [] });
  const before = ['images/a', 'images/b'].map(drawn);
  expect(await run()).toMatchObject({ added: 0, completed: 0, known: 2 });

  const changed = put(dataset, 'labels/b.txt', half(0.5));
  const later = new Date(Date.now() + 5000);
  utimesSync(changed, later, later);
  expect(await run()).toMatchObject({ added: 0, completed: 1, known: 1 });
  expect(drawn('images/a')).toBe(before[0]);
  expect(drawn('images/b')).not.toBe(before[1]);
});
