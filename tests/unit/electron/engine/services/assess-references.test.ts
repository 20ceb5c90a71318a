import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { writeDescriptors } from '../../../../../electron/engine/jobs/run/descriptors.js';
import { runFiles } from '../../../../../electron/engine/jobs/run/files.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { assessReferences } from '../../../../../electron/engine/services/assess-references.js';
import { coverageOf } from '../../../../../electron/engine/services/coverage.js';
import { trainSettings } from '../../../../../shared/settings/index.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

/** A direction in the plane, in degrees. */
const at = (degrees: number): Float32Array =>
  Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]);

describe('the coverage of a class by a reference set', () => {
  /** Images of a class at these angles. Their mean is at 40. */
  const angles = [0, 10, 40, 70, 80];
  const images = angles.map((angle) => ({ id: `${angle}`, dataset: 0, domain: 'target' as const, classes: [0] }));
  const compared = { images, byId: new Map([...angles, 200].map((angle) => [`${angle}`, at(angle)])) };
  const covered = (...ids: string[]): number => coverageOf(compared, ids)!.covered;

  it('asks for images as near to a reference as half of them are to their mean', () => {
    // Angles to the mean: 40, 30, 0, 30, 40; the middle one is 30.
    const { images: total, within } = coverageOf(compared, [])!;
    expect(total).toBe(5);
    expect(within).toBeCloseTo(Math.cos(Math.PI / 6), 6);
  });
  it('counts images within that of their nearest reference', () => {
    expect(covered()).toBe(0);
    expect(covered('0')).toBe(2);
    expect(covered('40')).toBe(3);
    expect(covered('0', '80')).toBe(4);
    expect(covered('0', '40', '80')).toBe(5);
  });
  it('is not raised by images of other classes far away, or not compared, or named twice', () => {
    expect(covered('200', 'unknown')).toBe(0);
    expect(covered('0', '0', '10')).toBe(covered('10', '0'));
  });
  it('is full where all are references, and none without images', () => {
    expect(covered(...angles.map(String))).toBe(5);
    expect(coverageOf({ images: [], byId: new Map() }, ['a'])).toBeNull();
  });
});

describe('the assessment of a reference set', () => {
  let project: Project;
  // Class 0 is carried by p000, p002, p003, p005, p006, p008.
  const angles = { p000: 0, p002: 10, p003: 40, p005: 41, p006: 90, p008: 80 };
  beforeEach(() => {
    project = openProject(smallProject(temporaryFolder(), 9));
    onTestFinished(() => project.close());
    const settings = trainSettings.resolve({});
    const record = { schema: 1, origin: 'trained', preset: 'studio', settings, weights: null, split: null, classes: ['disc', 'bar'], images: { count: 9, digest: '' } }; // prettier-ignore
    put(project.root, 'runs/r/settings.json', JSON.stringify(record));
  });
  const compare = (): void => {
    const byId = new Map(Object.entries(angles).map(([id, degrees]) => [id, at(degrees)]));
    writeDescriptors(runFiles(project.paths.run('r')), { made: 'w 32', byId });
  };
  const assess = (references: string[], own = {}) =>
    assessReferences(project, { run: 'r', classIndex: 0, imageId: 'p000', references, ...own });

  it('names the earlier one of the set that looks the same, whichever candidates are offered', () => {
    compare();
    const duplicates = (ids: string[]) => assess(ids).members.map(({ duplicateOf }) => duplicateOf);
    expect(duplicates(['p003', 'p006', 'p005'])).toEqual([null, null, 'p003']);
    expect(duplicates(['p005', 'p003'])).toEqual([null, 'p005']);
    expect(duplicates(['p002', 'p006'])).toEqual([null, null]);
  });

  it('says the domains, and how near each is to the image', () => {
    compare();
    const { members } = assess(['p002', 'gone']);
    expect(members[0]).toMatchObject({ domain: 'target', similarity: expect.closeTo(Math.cos(Math.PI / 18), 6) });
    expect(members[1]).toEqual({ id: 'gone', domain: null, similarity: null, duplicateOf: null });
    expect(assess(['p002'], { imageId: undefined }).members[0].similarity).toBeNull();
  });

  it('says how much of the class is covered', () => {
    compare();
    expect(assess(['p003', 'p006', 'p000']).coverage).toMatchObject({ images: 6, covered: 6 });
    expect(assess(['p000']).coverage!.covered).toBe(2);
  });

  it('tells what is known of images that are not compared yet', () => {
    const { members, coverage } = assess(['p002']);
    expect(coverage).toBeNull();
    expect(members).toEqual([{ id: 'p002', domain: 'target', similarity: null, duplicateOf: null }]);
  });
});
