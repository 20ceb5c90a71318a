import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabelMap } from '../../../../../../electron/engine/images/index.js';
import { newProject } from '../../../../../../electron/engine/project/import/new-project.js';
import { openProject } from '../../../../../../electron/engine/project/project.js';
import { goldenFolder } from '../../../../../support/golden.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const dataset = resolve(goldenFolder, '../data/coco128-seg');

describe.skipIf(!existsSync(dataset))('real YOLO labels (needs data/coco128-seg beside the golden numbers)', () => {
  it("go in with COCO's names and drawn outlines", async () => {
    const folder = join(temporaryFolder(), 'project');
    const request = { folder, dataset, format: 'auto', domain: 'target' } as const;
    const { failures, ...result } = await newProject(request, new AbortController().signal, () => undefined);
    expect(result).toMatchObject({ format: 'yolo', added: 128 });
    // No data.yaml, and two photos without a line.
    expect(failures.map(({ code }) => code)).toEqual(['file-missing', 'label-missing', 'label-missing']);
    const project = openProject(folder);
    const image = project.store.image('images/train2017/000000000009')!;
    expect(image.classes.map((index) => project.config.classes[index])).toEqual(['bowl', 'orange', 'broccoli']);
    const { width, height, data } = await readLabelMap(project.truthPath(image)!);
    expect([width, height]).toEqual([image.width, image.height]);
    expect(new Set(data)).toEqual(new Set([0, ...image.classes.map((index) => index + 1)]));
    expect(project.store.countImages({ withTruth: true, split: 'train2017' })).toBe(126);
    project.close();
  });
});
