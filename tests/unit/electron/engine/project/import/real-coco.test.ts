import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabelMap } from '../../../../../../electron/engine/images/index.js';
import { newProject } from '../../../../../../electron/engine/project/import/new-project.js';
import { projectInfo } from '../../../../../../electron/engine/project/info.js';
import { openProject } from '../../../../../../electron/engine/project/project.js';
import { goldenFolder } from '../../../../../support/golden.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const dataset = resolve(goldenFolder, '../data/tiny_coco_train');

describe.skipIf(!existsSync(dataset))('real COCO (needs data/tiny_coco_train beside the golden numbers)', () => {
  it('goes in with labels and drawn ground truth, and completes what is lost', async () => {
    const folder = join(temporaryFolder(), 'project');
    const request = { folder, dataset, format: 'auto', domain: 'target' } as const;
    const make = (): ReturnType<typeof newProject> =>
      newProject(request, new AbortController().signal, () => undefined);
    // One photo shows nothing that COCO knows.
    const failures = [expect.objectContaining({ code: 'label-missing', id: 'train2017/000000262284' })];
    expect(await make()).toMatchObject({ format: 'coco', added: 50, failures });
    const project = openProject(folder);
    expect(projectInfo(project)).toMatchObject({ images: 50, splits: { train2017: 50 }, withTruth: 50 });
    expect(project.config.classes).toHaveLength(80);
    let crowds = 0;
    for (const image of project.store.iterateImages()) {
      const { width, height, data } = await readLabelMap(project.truthPath(image)!);
      expect([width, height]).toEqual([image.width, image.height]);
      const labels = new Set(data);
      crowds += Number(labels.delete(255));
      labels.delete(0);
      // An object may lie wholly under others; none has a label that the image lacks.
      expect(image.classes).toEqual(expect.arrayContaining([...labels].map((label) => label - 1)));
    }
    // Five crowds, two of them in one photo.
    expect(crowds).toBe(4);
    const [first] = project.store.images({ limit: 1 });
    rmSync(project.truthPath(first)!);
    project.close();
    expect(await make()).toMatchObject({ added: 0, completed: 1, known: 49, failures });
    expect(existsSync(join(folder, 'truth', `${first.id}.png`))).toBe(true);
  });
});
