import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLabelMap } from '../../../../../electron/engine/images/index.js';
import type { Project } from '../../../../../electron/engine/project/project.js';
import { makeMaskSet, type MaskSetRequest } from '../../../../../electron/engine/services/mask-set.js';
import { imageChangeSchema } from '../../../../../shared/api/index.js';
import { maskSettings, type MaskSettings } from '../../../../../shared/settings/index.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { halves, measuredProject } from '../../../../support/measured.js';

const COUNT = 8;

async function fixture(): Promise<Project> {
  const project = await measuredProject(temporaryFolder(), COUNT);
  onTestFinished(() => project.close());
  return project;
}

const make = (
  project: Project,
  request: Partial<MaskSetRequest> = {},
  values: Partial<MaskSettings> = {},
): ReturnType<typeof makeMaskSet> =>
  makeMaskSet(
    project,
    { masks: 'fused', maps: 'good', saliency: 'good', ...request },
    maskSettings.resolve(values),
    () => undefined,
    new AbortController().signal,
  );

describe('a set of masks', () => {
  it('is made from maps and saliency, an indexed PNG an image', async () => {
    const project = await fixture();
    expect(await make(project)).toEqual({ written: COUNT, kept: 0, missingMaps: 0, failures: [] });
    const { width, height, data } = await readLabelMap(project.paths.mask('fused', 'i001'));
    expect([width, height]).toEqual([24, 16]);
    expect(new Set(data)).toEqual(new Set([0, 2]));
    const png = readFileSync(project.paths.mask('fused', 'i001'));
    expect(png.includes('PLTE')).toBe(true);
  });

  it('remembers what it was made from, and how', async () => {
    const project = await fixture();
    await make(project, {}, { 'plain.background': 0.4 });
    expect(project.store.artifact('masks', 'fused')).toMatchObject({
      parents: [
        { kind: 'maps', name: 'good' },
        { kind: 'saliency', name: 'good' },
      ],
      settings: { rule: 'plain', 'plain.background': 0.4 },
    });
  });

  it('has objects of the labels that a person has given an image', async () => {
    const project = await fixture();
    project.store.edits.apply({ ids: ['i001'] }, imageChangeSchema.parse({ removeClasses: [1] }));
    expect(await make(project)).toMatchObject({ written: COUNT - 1 });
    expect(existsSync(project.paths.mask('fused', 'i001'))).toBe(false);
    project.store.edits.undo();
    expect(await make(project)).toMatchObject({ written: 1, kept: COUNT - 1 });
    expect(new Set((await readLabelMap(project.paths.mask('fused', 'i001'))).data)).toContain(2);
  });

  it('keeps masks that are there, and makes them anew on request', async () => {
    const project = await fixture();
    await make(project);
    const path = project.paths.mask('fused', 'i000');
    writeFileSync(path, 'mine');
    rmSync(project.paths.mask('fused', 'i001'));
    expect(await make(project)).toMatchObject({ written: 1, kept: COUNT - 1 });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(await make(project, { overwrite: true })).toMatchObject({ written: COUNT, kept: 0 });
    expect(readFileSync(path, 'latin1')).toContain('PNG');
  });

  it('is not mixed: other settings need another name or --overwrite', async () => {
    const project = await fixture();
    await make(project);
    await expect(make(project, {}, { 'plain.background': 0.9 })).rejects.toMatchObject({ code: 'usage' });
    await expect(make(project, { saliency: undefined })).rejects.toMatchObject({ code: 'usage' });
    expect(await make(project, { overwrite: true }, { 'plain.background': 0.9 })).toMatchObject({ written: COUNT });
  });

  it('is refined where asked to, which is part of how it was made', async () => {
    const project = await fixture();
    expect(await make(project, {}, { refine: 'crf:irn' })).toMatchObject({ written: COUNT, failures: [] });
    expect(project.store.artifact('masks', 'fused')!.settings).toMatchObject({
      refine: 'crf:irn',
      'crf.iterations': 10,
    });
    await expect(make(project)).rejects.toMatchObject({ code: 'usage' });
    await expect(make(project, {}, { refine: 'crf:irn', 'crf.iterations': 1 })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('grows by the splits that are asked for', async () => {
    const project = await fixture();
    expect(await make(project, { split: 'val' })).toMatchObject({ written: COUNT / 2 });
    expect(await make(project)).toMatchObject({ written: COUNT / 2, kept: COUNT / 2 });
  });

  it('never touches masks made by hand', async () => {
    const project = await fixture();
    const byHand = put(project.root, 'masks/corrected/i000.png', 'by hand');
    const before = statSync(byHand).mtimeMs;
    for (const masks of ['corrected', 'Corrected', '../masks/corrected']) {
      await expect(make(project, { masks, overwrite: true })).rejects.toMatchObject({ code: 'usage' });
    }
    await make(project, { overwrite: true });
    expect(readFileSync(byHand, 'utf8')).toBe('by hand');
    expect(statSync(byHand).mtimeMs).toBe(before);
    expect(readdirSync(project.paths.corrected)).toEqual(['i000.png']);
  });

  it('lists damaged maps and those of another size, and leaves no half-written file', async () => {
    const project = await fixture();
    put(project.root, 'maps/good/i000_0.png', 'no image');
    put(project.root, 'saliency/good/i002.png', halves(1, 2, { width: 8, height: 8 }));
    rmSync(join(project.root, 'maps/good/i001_1.png'));
    const { written, missingMaps, failures } = await make(project);
    expect({ written, missingMaps }).toEqual({ written: COUNT - 2, missingMaps: 1 });
    expect(failures).toMatchObject([
      { id: 'i000', code: 'file-damaged' },
      { id: 'i002', code: 'size-mismatch' },
    ]);
    expect(existsSync(project.paths.mask('fused', 'i000'))).toBe(false);
    expect(readdirSync(project.paths.masks('fused')).every((file) => file.endsWith('.png'))).toBe(true);
  });

  it.each([
    [{ maps: 'none' }, {}, /no maps set called "none"/],
    [{ maps: undefined }, {}, /needs localization maps/],
    [{ saliency: undefined }, { rule: 'reference' }, /needs saliency maps/],
  ] as const)('refuses %j with %j', async (request, values, message) => {
    const project = await fixture();
    await expect(make(project, request, values)).rejects.toThrow(message);
    await expect(make(project, request, values)).rejects.toMatchObject({ code: 'set-missing' });
    expect(existsSync(project.paths.masks('fused'))).toBe(false);
  });

  it('names the splits there are where none fits', async () => {
    const project = await fixture();
    await expect(make(project, { split: 'test' })).rejects.toMatchObject({
      code: 'dataset-empty',
      remedy: expect.stringContaining('train, val'),
    });
  });

  it('can be made of saliency alone', async () => {
    const project = await fixture();
    const made = await make(project, { maps: undefined }, { rule: 'saliency' });
    expect(made).toMatchObject({ written: COUNT, missingMaps: 0 });
    const { data } = await readLabelMap(project.paths.mask('fused', 'i002'));
    expect([data[0], data[23]]).toEqual([3, 0]);
  });
});
