import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readLabelMap } from '../../../../../electron/engine/images/index.js';
import type { Project } from '../../../../../electron/engine/project/project.js';
import { makeMaskSet } from '../../../../../electron/engine/services/mask-set.js';
import { remask, type RemaskRequest, type RemaskResult } from '../../../../../electron/engine/services/remask.js';
import { imageQuerySchema } from '../../../../../shared/api/index.js';
import { maskSettings, type MaskSettings } from '../../../../../shared/settings/index.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { measuredProject } from '../../../../support/measured.js';

const COUNT = 8;
let project: Project;
beforeEach(async () => {
  project = await measuredProject(temporaryFolder(), COUNT);
  onTestFinished(() => project.close());
  const settings = maskSettings.resolve({});
  await makeMaskSet(project, { masks: 'fused', maps: 'good', saliency: 'good' }, settings, () => undefined, signal());
});

const signal = () => new AbortController().signal;
/** A threshold that nothing reaches: all background. */
const empty = { 'plain.background': 1, 'plain.saliencyWeight': 0 };
const derive = (request: Partial<RemaskRequest> & Pick<RemaskRequest, 'images'>, values: Partial<MaskSettings> = empty): Promise<RemaskResult> =>
  remask(project, { masks: 'fused', count: false, ...request }, maskSettings.resolve(values), () => undefined, signal()); // prettier-ignore
const bytes = (id: string): Buffer => readFileSync(project.paths.mask('fused', id));
const foreground = async (id: string): Promise<number> =>
  (await readLabelMap(project.paths.mask('fused', id))).data.filter((label) => label > 0).length;

describe('masks derived anew', () => {
  it('are counted first, pixel by pixel, and nothing is written', async () => {
    const before = bytes('i000');
    const result = await derive({ images: { ids: ['i000', 'i001'] }, count: true }, { 'plain.background': 1 });
    const pixels = (await foreground('i000')) + (await foreground('i001'));
    const still = await derive({ images: { ids: ['i000', 'i001'] }, count: true }, {});
    expect(still).toMatchObject({ changedImages: 0, changedPixels: 0, written: 0 });
    expect(result.changedPixels).toBeGreaterThan(0);
    expect(result.changedPixels).toBeLessThanOrEqual(pixels);
    expect(bytes('i000')).toEqual(before);
    expect(project.store.artifact('masks', 'fused')?.settings.parts).toBeUndefined();
  });

  it('are written for the images named only, and the lineage tells of it', async () => {
    const others = bytes('i002');
    const values = { 'plain.background': 1 };
    const counted = await derive({ images: { ids: ['i000'] }, count: true }, values);
    const made = await derive({ images: { ids: ['i000'] } }, values);
    expect(made).toMatchObject({ changedImages: 1, changedPixels: counted.changedPixels, written: 1 });
    expect(bytes('i002')).toEqual(others);
    const known = project.store.artifact('masks', 'fused')!;
    expect(known.parents).toHaveLength(2);
    expect(known.settings.parts).toMatchObject([{ settings: values, images: { ids: ['i000'] } }]);
    await derive({ images: { ids: ['i000'] } }, {});
    expect(project.store.artifact('masks', 'fused')!.settings.parts).toHaveLength(2);
  });

  it('can be those of a filter', async () => {
    const query = imageQuerySchema.parse({ text: 'I00' });
    expect(await derive({ images: { query } }, { 'plain.background': 1 })).toMatchObject({ changedImages: COUNT });
    const none = imageQuerySchema.parse({ text: 'nothing' });
    expect(await derive({ images: { query: none } })).toMatchObject({ changedImages: 0, written: 0 });
  });

  it.each([
    ['an image', { ids: ['i002'] }, ['i002']],
    // Every fourth image has class 5 beside its first.
    ['a class', { query: imageQuerySchema.parse({ classes: [5] }) }, ['i003', 'i007']],
    ['a filter', { query: imageQuerySchema.parse({ split: 'val' }) }, ['i004', 'i005', 'i006', 'i007']],
    ['all', { query: imageQuerySchema.parse({}) }, Array.from({ length: COUNT }, (_, i) => `i00${i}`)],
  ] as const)(
    'for %s change as many pixels and images as were counted, and no others',
    async (_name, images, within) => {
      const all = Array.from({ length: COUNT }, (_, i) => `i00${i}`);
      for (const id of all) put(project.root, `masks/corrected/${id}.png`, bytes(id));
      const corrected = all.map((id) => readFileSync(project.paths.correctedMask(id)));
      const labelsOf = (): Promise<Uint8Array[]> =>
        Promise.all(all.map(async (id) => Uint8Array.from((await readLabelMap(project.paths.mask('fused', id))).data)));
      const before = await labelsOf();
      const choice = images as RemaskRequest['images'];
      const values = { 'plain.background': 1 };
      const counted = await derive({ images: choice, count: true }, values);
      expect(await labelsOf()).toEqual(before);
      await derive({ images: choice }, values);
      const after = await labelsOf();
      const pixels = all.map((_, i) => before[i].filter((label, at) => label !== after[i][at]).length);
      const changed = all.filter((_, i) => pixels[i] > 0);
      expect(changed).toEqual(within);
      expect(counted).toMatchObject({
        changedImages: changed.length,
        changedPixels: pixels.reduce((sum, one) => sum + one, 0),
        written: 0,
      });
      expect(all.map((id) => readFileSync(project.paths.correctedMask(id)))).toEqual(corrected);
    },
  );

  it('leave masks made by hand alone, and replace one that is damaged', async () => {
    put(project.root, 'masks/corrected/i000.png', 'by hand');
    writeFileSync(project.paths.mask('fused', 'i000'), 'damaged');
    expect(await derive({ images: { ids: ['i000'] } }, {})).toMatchObject({ changedImages: 1, changedPixels: 24 * 16 });
    expect(readFileSync(project.paths.correctedMask('i000'), 'utf8')).toBe('by hand');
    expect(existsSync(project.paths.mask('fused', 'i000'))).toBe(true);
  });

  it('of a set of unknown origin are refused', async () => {
    put(project.root, 'masks/others/i000.png', 'x');
    const asked = derive({ masks: 'others', images: { ids: ['i000'] } });
    await expect(asked).rejects.toMatchObject({ code: 'set-missing' });
  });
});
