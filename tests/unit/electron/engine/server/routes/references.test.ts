import { beforeEach, describe, expect, it } from 'vitest';
import { writeDescriptors } from '../../../../../../electron/engine/jobs/run/descriptors.js';
import { runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { encodeLabelMap } from '../../../../../../electron/engine/images/index.js';
import { api } from '../../../../../../shared/api/index.js';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import { put } from '../../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../../support/engine.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';

let engine: TestEngine;
let root: string;
let params: { project: string };

// Class 0 is carried by p000, p002, p003, p005.
beforeEach(() => {
  root = smallProject(temporaryFolder(), 6);
  const settings = trainSettings.resolve({});
  const record = { schema: 1, origin: 'trained', preset: 'studio', settings, weights: null, split: null, classes: ['disc', 'bar'], images: { count: 6, digest: '' } }; // prettier-ignore
  put(root, 'runs/r/settings.json', JSON.stringify(record));
  engine = testEngine(root);
  params = { project: engine.project };
  const { project } = engine.workspace.get(engine.project);
  const byId = new Map(
    [0, 1, 2, 3, 4, 5].map((i) => [`p00${i}`, Float32Array.from([Math.cos(i / 12), Math.sin(i / 12)])]),
  );
  writeDescriptors(runFiles(project.paths.run('r')), { made: 'w 32', byId });
});

const offered = async (query: object): Promise<string[]> => {
  const asked = { run: 'r', classIndex: 0, imageId: 'p000', ...query };
  return (await engine.client.call(api.references.candidates, { params, query: asked })).candidates.map(({ id }) => id);
};

describe('candidates', () => {
  it('are narrowed by the fields of a query of images', async () => {
    expect(await offered({})).toEqual(['p002', 'p003', 'p005']);
    expect(await offered({ without: [1] })).toEqual(['p003']);
    expect(await offered({ scores: ['labels>=2'] })).toEqual(['p002', 'p005']);
    expect(await offered({ text: '5' })).toEqual(['p005']);
  });

  it('are narrowed by masks as they lie in the folder', async () => {
    put(root, 'masks/fused/p003.png', encodeLabelMap({ width: 40, height: 40, data: new Uint8Array(1600) }));
    expect(await offered({ masks: 'fused' })).toEqual(['p003']);
    expect(await offered({ masks: 'fused', masked: false })).toEqual(['p002', 'p005']);
  });

  it('refuse a filter that says nothing that is known', async () => {
    await expect(offered({ scores: ['beauty>2'] })).rejects.toMatchObject({ message: expect.stringMatching(/^query\.scores/) }); // prettier-ignore
  });
});

describe('the assessment of a set', () => {
  it('says what looks alike and how much of the class is covered', async () => {
    const body = { run: 'r', classIndex: 0, imageId: 'p000', references: ['p002', 'p003', 'p005'] };
    const { members, coverage } = await engine.client.call(api.references.assess, { params, body });
    expect(members.map(({ id, domain, duplicateOf }) => [id, domain, duplicateOf])).toEqual([
      ['p002', 'target', null],
      ['p003', 'target', 'p002'],
      ['p005', 'target', null],
    ]);
    expect(coverage).toMatchObject({ images: 4 });
    const other = { ...body, run: 'none' };
    expect(await engine.client.call(api.references.assess, { params, body: other })).toMatchObject({ coverage: null });
  });
});
