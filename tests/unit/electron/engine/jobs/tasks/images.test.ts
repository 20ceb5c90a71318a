import { EXCLUDED_TAG } from '../../../../../../shared/dataset/review.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  learntImages,
  mappedImages,
  referencePool,
  trainingImages,
} from '../../../../../../electron/engine/jobs/tasks/images.js';
import { imagesDigest, seenDatasets, type RunRecord } from '../../../../../../electron/engine/jobs/run/record.js';
import { createProject, type Project } from '../../../../../../electron/engine/project/project.js';
import { imageChangeSchema, type ImageChange } from '../../../../../../shared/api/index.js';
import { domains, type Domain } from '../../../../../../shared/types.js';
import { temporaryFolder } from '../../../../../support/folder.js';

/** Two images of each domain, the target's split into train and val, the others of no split; and a later web dataset. */
function mixedProject(): Project {
  const project = createProject(temporaryFolder(), { name: 'mixed', classes: ['bird', 'cat'] });
  onTestFinished(() => project.close());
  const add = (root: string, domain: Domain, splits: (string | null)[]): void => {
    const dataset = project.addDataset({ root, format: 'folders', domain });
    project.store.addImages(
      splits.map((split, i) => {
        const id = `${root}-${i}`;
        return { id, dataset, path: `${id}.jpg`, width: 4, height: 4, split, domain, classes: [i % 2], truth: null };
      }),
    );
  };
  for (const domain of domains) add(domain, domain, domain === 'target' ? ['train', 'val'] : [null, null]);
  add('later', 'web', [null]);
  return project;
}

const ids = (images: readonly { id: string }[]): string => images.map(({ id }) => id).join(' ');

describe('images of a job', () => {
  it('to learn from are of the split, with other domains that have none; those to map are of the target', () => {
    const project = mixedProject();
    const others = 'later-0 single-label-0 single-label-1';
    expect(ids(learntImages(project, 'train'))).toBe(`${others} target-0 web-0 web-1`);
    expect(ids(learntImages(project, null))).toBe(`${others} target-0 target-1 web-0 web-1`);
    expect(ids(mappedImages(project, 'train', 'target'))).toBe('target-0');
    expect(ids(mappedImages(project, null, 'web'))).toBe('later-0 web-0 web-1');
    expect(() => mappedImages(project, 'test', 'web')).toThrow('no image of split "test" of domain web has a label');
  });

  it('to learn from are none that a person has excluded, though maps of them are made', () => {
    const project = mixedProject();
    const change = { addClasses: [], removeClasses: [], removeTags: [] };
    project.store.edits.apply({ ids: ['target-0', 'web-1'] }, { ...change, addTags: [EXCLUDED_TAG] });
    project.store.edits.apply({ ids: ['web-0'] }, { ...change, addTags: ['odd'] });
    expect(ids(learntImages(project, null))).toBe('later-0 single-label-0 single-label-1 target-1 web-0');
    expect(ids(learntImages(project, 'train'))).toBe('later-0 single-label-0 single-label-1 web-0');
    expect(ids(mappedImages(project, null, 'target'))).toBe('target-0 target-1');
  });

  it('that may be references are of the datasets that the run has seen, and of the domains asked for', () => {
    const project = mixedProject();
    const images = learntImages(project, 'train').filter(({ id }) => !id.startsWith('later'));
    const datasets = seenDatasets(images, project.config.datasets);
    expect(datasets.map(({ root, images: count }) => [root, count])).toEqual([
      ['target', 1],
      ['single-label', 2],
      ['web', 2],
    ]);
    const record = { split: 'train', datasets } as RunRecord;
    expect(ids(referencePool(project, record, domains))).toBe('single-label-0 single-label-1 target-0 web-0 web-1');
    expect(ids(referencePool(project, record, ['web']))).toBe('web-0 web-1');
    expect(ids(referencePool(project, { ...record, datasets: undefined }, ['web']))).toBe('later-0 web-0 web-1');
  });

  it('have the labels that a person has given them, whatever an audit says', () => {
    const project = mixedProject();
    const { store } = project;
    store.labels.change([{ imageId: 'web-1', classIndex: 1, weight: 0, run: 'r' }]);
    const edit = (id: string, change: Partial<ImageChange>) => store.edits.apply({ ids: [id] }, imageChangeSchema.parse(change)); // prettier-ignore
    edit('target-0', { addClasses: [1], removeClasses: [0] });
    edit('target-1', { removeClasses: [1] });
    edit('web-1', { addClasses: [1] });
    const classes = (images: ReturnType<typeof mappedImages>) => images.map(({ id, classes }) => `${id} ${classes}`);
    expect(classes(mappedImages(project, null, 'target'))).toEqual(['target-0 1']);
    expect(classes(mappedImages(project, null, 'web'))).toEqual(['later-0 0', 'web-0 0', 'web-1 1']);
    expect(trainingImages(learntImages(project, null), store.labels.changes())).toContainEqual({ id: 'web-1', classes: [1], domain: 'web' }); // prettier-ignore
    expect([...store.iterateImages({ classIndex: 1 })].map(({ id }) => id)).toContain('target-0');
  });

  it('lose dropped labels, and carry what the others count into the digest of the run', () => {
    const project = mixedProject();
    const before = imagesDigest(trainingImages(learntImages(project, null), []));
    project.store.labels.change([
      { imageId: 'web-0', classIndex: 0, weight: 0, run: 'r' },
      { imageId: 'web-1', classIndex: 1, weight: 0.3, run: 'r' },
    ]);
    const images = trainingImages(learntImages(project, null), project.store.labels.changes());
    expect(images.some(({ id }) => id === 'web-0')).toBe(false);
    expect(images.find(({ id }) => id === 'web-1')).toEqual({
      id: 'web-1',
      classes: [1],
      domain: 'web',
      labelWeights: { 1: 0.3 },
    });
    expect(images.find(({ id }) => id === 'target-0')).not.toHaveProperty('labelWeights');
    expect(project.store.labels.changeCounts()).toEqual({ dropped: 1, weighted: 1 });
    expect(learntImages(project, null, { kept: false })).toHaveLength(7);
    const weighted = imagesDigest(images);
    expect(weighted).not.toEqual(before);
    expect(imagesDigest(trainingImages(learntImages(project, null), [])).digest).not.toBe(weighted.digest);
  });
});
