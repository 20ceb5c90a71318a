import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXCLUDED_TAG } from '../../../../../shared/dataset/review.js';
import { segmentSettings } from '../../../../../shared/settings/index.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { learntMaskOf, learntMasks, masksDigest } from '../../../../../electron/engine/services/learnt-masks.js';
import { sampleSource, spread, validationOf } from '../../../../../electron/engine/jobs/tasks/segmentSource.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { labelFile, segmentProject, trueLabels } from '../../../../support/segment-project.js';

function fixture(): Project {
  const project = openProject(segmentProject(temporaryFolder()));
  onTestFinished(() => project.close());
  return project;
}

const settings = segmentSettings.resolve({});
const exact = { masks: { kind: 'masks', name: 'exact' }, split: null } as const;
const signal = new AbortController().signal;

describe('the masks to learn from', () => {
  it('are those made by hand first, then the set’s, and without the set only those', () => {
    const project = fixture();
    put(project.root, 'masks/corrected/p001.png', labelFile(new Uint8Array(1600)));
    const all = learntMasks(project, exact, settings);
    expect(all).toHaveLength(8);
    expect(all.filter(({ corrected }) => corrected).map(({ id }) => id)).toEqual(['p001']);
    const none = learntMasks(project, exact, { ...settings, 'masks.corrected': false });
    expect(none.some(({ corrected }) => corrected)).toBe(false);
    const alone = learntMasks(project, { masks: null, split: null }, { ...settings, 'masks.only': 'corrected' });
    expect(alone.map(({ id }) => id)).toEqual(['p001']);
  });

  it('may be narrowed to a split, and to images that are accepted', () => {
    const project = fixture();
    expect(learntMasks(project, { ...exact, split: 'val' }, settings).map(({ id }) => id)).toEqual(['p006', 'p007']);
    const accepted = learntMasks(project, { ...exact, accepts: ({ classes }) => classes.length === 2 }, settings);
    expect(accepted.map(({ id }) => id)).toEqual(['p002', 'p005']);
    expect(() => learntMasks(project, { ...exact, split: 'none' }, settings)).toThrow('has a mask to learn from');
    expect(() => learntMasks(project, { ...exact, masks: { kind: 'predictions', name: 'x' } }, settings)).toThrow(
      expect.objectContaining({ code: 'set-missing' }),
    );
  });

  it('are none of images that a person has excluded', () => {
    const project = fixture();
    const change = { addClasses: [], removeClasses: [], addTags: [EXCLUDED_TAG], removeTags: [] };
    project.store.edits.apply({ ids: ['p001', 'p006'] }, change);
    const learnt = learntMasks(project, exact, settings).map(({ id }) => id);
    expect(learnt).toEqual(['p000', 'p002', 'p003', 'p004', 'p005', 'p007']);
    const record = { ...exact, settings };
    expect(learntMaskOf(project, record, 'p001')).toBeNull();
    expect(learntMaskOf(project, record, 'p002')).toMatchObject({ id: 'p002', corrected: false });
    expect(learntMaskOf(project, { ...record, split: 'val' }, 'p002')).toBeNull();
  });

  it('may be those of reviewed images alone', () => {
    const project = fixture();
    const change = { addClasses: [], removeClasses: [], addTags: [], removeTags: [], review: 'reviewed' as const };
    project.store.edits.apply({ ids: ['p001', 'p004'] }, change);
    const reviewed = learntMasks(project, exact, { ...settings, 'masks.only': 'reviewed' });
    expect(reviewed.map(({ id }) => id)).toEqual(['p001', 'p004']);
  });

  it('have another digest as soon as one of them is another', async () => {
    const project = fixture();
    const digest = (): Promise<string> => masksDigest(learntMasks(project, exact, settings), signal);
    const first = await digest();
    expect(await digest()).toBe(first);
    writeFileSync(join(project.root, 'masks/exact/p003.png'), labelFile(new Uint8Array(1600).fill(1)));
    expect(await digest()).not.toBe(first);
  });
});

describe('samples', () => {
  it('count by hand or agreement, and are refused where labels or size do not fit', async () => {
    const project = fixture();
    put(project.root, 'masks/corrected/p000.png', labelFile(new Uint8Array(1600)));
    const other = trueLabels([0], 1).map((label) => (label === 0 ? 255 : label));
    put(project.root, 'masks/other/p003.png', labelFile(other));
    put(project.root, 'masks/exact/p004.png', labelFile(new Uint8Array(1600).fill(3)));
    put(project.root, 'masks/exact/p005.png', labelFile(new Uint8Array(400), 20));
    const own = { ...settings, 'masks.correctedWeight': 3 };
    const source = sampleSource(project, learntMasks(project, exact, own), own, 'other');
    expect((await source.read('p000')).weight).toBe(3);
    const { photo, labels, weight } = await source.read('p003');
    expect([photo.width, labels.width]).toEqual([40, 40]);
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThanOrEqual(1);
    await expect(source.read('p001')).rejects.toMatchObject({ code: 'file-missing' });
    await expect(source.read('p004')).rejects.toMatchObject({ code: 'label-unknown' });
    await expect(source.read('p005')).rejects.toMatchObject({ code: 'size-mismatch' });
  });
});

describe('what is measured on', () => {
  it('is a split with ground truth, evenly thinned out, by mIoU', async () => {
    const project = fixture();
    expect(spread([0, 1, 2, 3, 4, 5], 3)).toEqual([0, 2, 4]);
    expect(spread([0, 1], 0)).toEqual([0, 1]);
    expect(validationOf(project, null, 0)).toBeNull();
    expect(() => validationOf(project, 'train', 0)).toThrow('no image of split "train" has ground truth');
    const validation = validationOf(project, 'val', 0)!;
    expect(validation.ids).toEqual(['p006', 'p007']);
    const { truth } = await validation.read('p006');
    const measuring = validation.measure();
    measuring.add(truth, truth);
    expect(measuring.mIoU()).toBe(1);
  });
});
