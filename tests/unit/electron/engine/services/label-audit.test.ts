import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newProject } from '../../../../../electron/engine/project/import/new-project.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import {
  changeLabels,
  doubtedDomain,
  doubtfulCsv,
  doubtfulLabels,
  restoreLabels,
} from '../../../../../electron/engine/services/label-audit.js';
import type { LabelConfidence } from '../../../../../shared/project.js';
import { jpeg, put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';

const classes = ['bird', 'cat'];

let project: Project;
beforeEach(async () => {
  const folder = temporaryFolder();
  const photo = await jpeg();
  for (const name of classes) {
    for (let i = 0; i < 4; i++) {
      put(folder, `target/${name}/t${i}.jpg`, photo);
      put(folder, `web/${name}/w${i}.jpg`, photo);
    }
  }
  const request = { folder: `${folder}/project`, format: 'folders' };
  const import_ = (dataset: string, domain: 'target' | 'web'): Promise<unknown> =>
    newProject({ ...request, dataset: `${folder}/${dataset}`, domain }, new AbortController().signal, () => undefined);
  await import_('target', 'target');
  await import_('web', 'web');
  project = openProject(request.folder);
  onTestFinished(() => project.close());
  const confidences = project.store.images().map(({ id, classes: [classIndex] }): LabelConfidence => {
    const confidence = Number(id.slice(-1)) / 10 + (id.includes('/t') ? 0 : 0.5);
    return { imageId: id, classIndex, confidence, probability: confidence, agreement: null, suggested: 1 - classIndex };
  });
  project.store.labels.replaceConfidences('one', confidences);
});

const ids = (labels: readonly { imageId: string }[]): string[] => labels.map(({ imageId }) => imageId);
const kept = (): number => project.store.countImages({ labelled: true, kept: true });

describe('doubtful labels', () => {
  it('are of web photos unless a domain is named, the worst share of each class', () => {
    expect(doubtedDomain(project)).toBe('web');
    expect(ids(doubtfulLabels(project, 'one', 'web', 0.5))).toEqual(['bird/w0', 'bird/w1', 'cat/w0', 'cat/w1']);
    expect(ids(doubtfulLabels(project, 'one', null, 0.25))).toEqual(['bird/t0', 'bird/t1', 'cat/t0', 'cat/t1']);
  });

  it('are none of a run that has judged none, or none of that domain', () => {
    expect(() => doubtfulLabels(project, 'two', null, 1)).toThrow(expect.objectContaining({ code: 'set-missing' }));
    expect(() => doubtfulLabels(project, 'one', 'single-label', 1)).toThrow('domain single-label');
  });

  it('are written as a table', () => {
    const [header, first] = doubtfulCsv(project, doubtfulLabels(project, 'one', 'web', 0.25)).split('\r\n');
    expect(header).toBe('class,id,confidence,probability,agreement,suggested');
    expect(first).toBe('bird,bird/w0,0.500000,0.500000,,cat');
  });
});

describe('changes of labels', () => {
  const drop = (share: number, domain: 'web' | 'target'): void =>
    changeLabels(project, doubtfulLabels(project, 'one', domain, share), { run: 'one', weight: 0, domain });

  it('hold by the latest audit of a domain, and leave other domains alone', () => {
    drop(0.5, 'web');
    drop(0.25, 'target');
    expect(kept()).toBe(16 - 4 - 2);
    drop(0.25, 'web');
    expect(ids(project.store.labels.changes())).toEqual(['bird/t0', 'bird/w0', 'cat/t0', 'cat/w0']);
    expect(project.store.images().every((image) => image.classes.length === 1)).toBe(true);
  });

  it('are taken back one by one, a class at a time, or all', () => {
    drop(1, 'web');
    expect(ids(restoreLabels(project, { ids: ['bird/w0', 'bird/t0'] }))).toEqual(['bird/w0']);
    expect(restoreLabels(project, { ids: [], classIndex: 0 })).toHaveLength(3);
    expect(kept()).toBe(12);
    expect(restoreLabels(project, { ids: [] })).toHaveLength(4);
    expect(kept()).toBe(16);
  });
});
