import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newProject } from '../../../../../../electron/engine/project/import/new-project.js';
import { projectInfo } from '../../../../../../electron/engine/project/info.js';
import { openProject } from '../../../../../../electron/engine/project/project.js';
import { goldenFolder } from '../../../../../support/golden.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const dataset = resolve(goldenFolder, '../data/voc20-coseg');

describe.skipIf(!existsSync(dataset))('real photos (needs data/voc20-coseg beside the golden numbers)', () => {
  it('go in whole, with their splits, labels and ground truth', async () => {
    const folder = join(temporaryFolder(), 'project');
    const request = { folder, dataset, format: 'auto', domain: 'target' } as const;
    const result = await newProject(request, new AbortController().signal, () => undefined);
    expect(result).toMatchObject({ format: 'voc', added: 624, failures: [] });
    const project = openProject(folder);
    const info = projectInfo(project);
    const several = project.store.images().filter(({ classes }) => classes.length > 1);
    project.close();
    expect(info).toMatchObject({ images: 624, splits: { train: 468, val: 156 }, withTruth: 624, unlabelled: 0 });
    expect(several).toHaveLength(72);
  });
});
