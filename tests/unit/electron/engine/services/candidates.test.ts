import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readDescriptors, writeDescriptors } from '../../../../../electron/engine/jobs/run/descriptors.js';
import { runFiles } from '../../../../../electron/engine/jobs/run/files.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { candidates } from '../../../../../electron/engine/services/candidates.js';
import { imageChangeSchema } from '../../../../../shared/api/edits.js';
import { imageQuerySchema } from '../../../../../shared/api/index.js';
import { trainSettings } from '../../../../../shared/settings/index.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

let project: Project;

/** A direction in the plane, in degrees. */
const at = (degrees: number): Float32Array =>
  Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]);

// Class 0 is carried by p000, p002, p003, p005, p006, p008.
const angles = { p000: 0, p001: 200, p002: 10, p003: 40, p004: 210, p005: 41, p006: 90, p008: 80 };

beforeEach(() => {
  project = openProject(smallProject(temporaryFolder(), 9));
  onTestFinished(() => project.close());
  const files = runFiles(project.paths.run('r'));
  const settings = trainSettings.resolve({});
  const record = { schema: 1, origin: 'trained', preset: 'studio', settings, weights: null, split: null, classes: ['disc', 'bar'], images: { count: 9, digest: '' } }; // prettier-ignore
  put(project.root, 'runs/r/settings.json', JSON.stringify(record));
  const byId = new Map(Object.entries(angles).map(([id, degrees]) => [id, at(degrees)]));
  writeDescriptors(files, { made: 'w 32', byId });
});

const ask = (values: Partial<Parameters<typeof candidates>[1]> = {}) =>
  candidates(project, { run: 'r', classIndex: 0, order: 'similar', limit: 100, ...values });
const ids = (values: Partial<Parameters<typeof candidates>[1]> = {}): string[] => ask(values).candidates.map(({ id }) => id); // prettier-ignore

describe('candidates of a reference set', () => {
  it('are those of the class that are compared, nearest to the image first, without it', () => {
    expect(ids({ imageId: 'p000' })).toEqual(['p002', 'p003', 'p005', 'p008', 'p006']);
    expect(ask({ imageId: 'p000' }).candidates[0].similarity).toBeCloseTo(Math.cos(Math.PI / 18), 6);
  });

  it('are nearest to the mean of the class first where no image is named', () => {
    expect(ids({ order: 'typical' }).slice(0, 2)).toEqual(['p005', 'p003']);
  });

  it('are far from each other where they are to differ', () => {
    expect(ids({ order: 'diverse', limit: 3 })).toEqual(['p005', 'p006', 'p000']);
  });

  it('are the most confident first after an audit', () => {
    const confidence = { classIndex: 0, probability: 0.5, agreement: null, suggested: null };
    project.store.labels.replaceConfidences('r', [
      { imageId: 'p006', confidence: 0.9, ...confidence },
      { imageId: 'p008', confidence: 0.95, ...confidence },
    ]);
    expect(ids({ order: 'confident', imageId: 'p000' }).slice(0, 3)).toEqual(['p008', 'p006', 'p002']);
  });

  it('name the better placed one that looks the same', () => {
    const found = ask({ imageId: 'p000' }).candidates.find(({ id }) => id === 'p005');
    expect(found?.duplicateOf).toBe('p003');
    expect(ask({ imageId: 'p000' }).candidates.filter(({ duplicateOf }) => duplicateOf !== null)).toHaveLength(1);
  });

  it('are counted beyond the limit', () => expect(ask({ limit: 2, imageId: 'p000' })).toMatchObject({ total: 5 }));

  it('are only those that a filter leaves, compared with the image as before', () => {
    const filtered = (fields: object, own = {}) =>
      ids({ imageId: 'p000', filter: imageQuerySchema.parse(fields), ...own });
    expect(filtered({})).toEqual(ids({ imageId: 'p000' }));
    expect(filtered({ classes: [1] })).toEqual(['p002', 'p005', 'p008']);
    expect(filtered({ without: [1] })).toEqual(['p003', 'p006']);
    expect(filtered({ text: 'P00', domain: 'web' })).toEqual([]);
    project.store.edits.apply({ ids: ['p005', 'p008'] }, imageChangeSchema.parse({ review: 'reviewed' }));
    const reviewed = { review: ['reviewed'] };
    expect(filtered(reviewed)).toEqual(['p005', 'p008']);
    expect(filtered(reviewed, { order: 'diverse', limit: 1 })).toHaveLength(1);
    expect(ask({ filter: imageQuerySchema.parse(reviewed), limit: 1 })).toMatchObject({ total: 2 });
  });

  it('say that images have to be compared first', () => {
    expect(() => ask({ run: 'other' })).toThrow(expect.objectContaining({ code: 'set-missing' }));
  });
});

describe('the file of descriptors', () => {
  it('comes back as it was', () => {
    const files = runFiles(project.paths.run('r'));
    const read = readDescriptors(files)!;
    expect(read.made).toBe('w 32');
    expect([...read.byId.keys()]).toEqual(Object.keys(angles));
    expect(read.byId.get('p006')).toEqual(at(90));
  });
});
