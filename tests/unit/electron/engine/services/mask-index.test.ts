import { rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { indexMasks } from '../../../../../electron/engine/services/mask-index.js';
import { pageQuerySchema } from '../../../../../shared/api/images.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

let project: Project;
beforeEach(() => {
  project = openProject(smallProject(temporaryFolder(), 3));
  onTestFinished(() => project.close());
  const [image] = project.store.images();
  project.store.addImages(['dir/a', 'dir/deep/b'].map((id) => ({ ...image, id })));
});

let clock = Date.now() - 3_600_000;
/** Changes a folder as if long ago, each time a little later. */
function settle(...folders: string[]): void {
  clock += 1000;
  for (const folder of folders) utimesSync(folder, clock / 1000, clock / 1000);
}

const mask = (id: string): string => put(project.root, `masks/fused/${id}.png`, '');

async function masked(): Promise<string[]> {
  await indexMasks(project, 'fused');
  return project.store.browser.page(pageQuerySchema.parse({ masks: 'fused' })).images.map(({ id }) => id);
}

it('knows the masks of a set as its folders change', async () => {
  expect(await masked()).toEqual([]);
  const root = join(project.root, 'masks/fused');
  const deep = dirname(mask('dir/deep/b'));
  mask('p001');
  mask('.p002.tmp');
  mask('stranger');
  settle(deep, dirname(deep), root);
  expect(await masked()).toEqual(['dir/deep/b', 'p001']);

  mask('dir/a');
  settle(dirname(deep));
  expect(await masked()).toEqual(['dir/a', 'dir/deep/b', 'p001']);

  rmSync(join(root, 'p001.png'));
  rmSync(deep, { recursive: true });
  settle(dirname(deep), root);
  expect(await masked()).toEqual(['dir/a']);
  rmSync(root, { recursive: true });
  expect(await masked()).toEqual([]);
});

it('does not read a folder again that was not changed, nor one that is just being written to', async () => {
  const root = dirname(mask('p000'));
  settle(root);
  expect(await masked()).toEqual(['p000']);
  mask('p001');
  utimesSync(root, clock / 1000, clock / 1000);
  expect(await masked()).toEqual(['p000']);
  mask('p002');
  expect(await masked()).toEqual(['p000', 'p001', 'p002']);
  rmSync(join(root, 'p000.png'));
  expect(await masked()).toEqual(['p000', 'p001', 'p002']);
});
