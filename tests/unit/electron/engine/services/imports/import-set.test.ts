import { encode } from 'fast-png';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { encodeLabelMap, readGrey, readLabelMap } from '../../../../../../electron/engine/images/index.js';
import type { Project } from '../../../../../../electron/engine/project/project.js';
import { importMaps, type ImportMapsRequest } from '../../../../../../electron/engine/services/imports/maps.js';
import { importMasks, type ImportMasksRequest } from '../../../../../../electron/engine/services/imports/masks.js';
import { SIZE, put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { halves, measuredProject } from '../../../../../support/measured.js';

const quiet = (): void => undefined;
const { signal } = new AbortController();

let project: Project;
let from: string;
beforeEach(async () => {
  project = await measuredProject(temporaryFolder(), 4);
  from = temporaryFolder();
  onTestFinished(() => project.close());
});

const maps = (request: Partial<ImportMapsRequest> = {}): ReturnType<typeof importMaps> =>
  importMaps(project, { maps: 'theirs', kind: 'png', from, ...request }, quiet, signal);
const masks = (request: Partial<ImportMasksRequest> = {}): ReturnType<typeof importMasks> =>
  importMasks(project, { masks: 'theirs', from, ...request }, quiet, signal);
const flat = (label: number, size = SIZE as { width: number; height: number }): Uint8Array =>
  encodeLabelMap({ ...size, data: new Uint8Array(size.width * size.height).fill(label) });

describe('importing maps', () => {
  it('brings them to the size of the photo, notes where they came from, and lists what is missing', async () => {
    put(from, 'i000_0.png', halves(200, 10));
    put(from, 'i001_1.png', halves(200, 200, { width: 12, height: 8 }));
    put(from, 'i003_0.png', halves(7, 7));
    const result = await maps();
    expect(result).toMatchObject({ images: 4, imported: 3, kept: 0 });
    expect(result.failures.map(({ id, code, action }) => `${id} ${code} ${action}`)).toEqual([
      'i002 file-missing left out',
      'i003 file-missing imported without it',
    ]);
    const read = (id: string, index: number): ReturnType<typeof readGrey> => readGrey(project.paths.map('theirs', id, index)); // prettier-ignore
    expect((await read('i000', 0)).data.slice(0, 2)).toEqual(Uint8Array.of(200, 200));
    expect(await read('i001', 1)).toEqual({ ...SIZE, data: new Uint8Array(SIZE.width * SIZE.height).fill(200) });
    expect(project.store.artifact('maps', 'theirs')).toMatchObject({ parents: [], settings: { from, kind: 'png' } });
  });

  it('keeps what is there, and mixes nothing', async () => {
    put(from, 'i000_0.png', halves(200, 10));
    await maps();
    put(from, 'i001_1.png', halves(200, 10));
    expect(await maps()).toMatchObject({ imported: 1, kept: 1 });
    await expect(maps({ kind: 'npy' })).rejects.toMatchObject({ code: 'settings-invalid' });
    await expect(maps({ maps: 'good' })).rejects.toMatchObject({ code: 'settings-invalid' });
    const elsewhere = temporaryFolder();
    put(elsewhere, 'i002_2.png', halves(1, 1));
    expect(await maps({ from: elsewhere, overwrite: true })).toMatchObject({ imported: 1, kept: 0 });
    await expect(readGrey(project.paths.map('theirs', 'i000', 0))).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('says so where there is no such folder', async () => {
    await expect(maps({ from: `${from}/none` })).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describe('importing masks', () => {
  it('takes indices and colours, and leaves out what does not fit', async () => {
    const red = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, i) => (i % 3 === 0 ? 128 : 0));
    put(from, 'i000.png', flat(255));
    put(from, 'i001.png', encode({ ...SIZE, channels: 3, data: red }));
    put(from, 'i002.png', flat(1, { width: 9, height: 9 }));
    put(from, 'i003.png', flat(21));
    const { imported, failures } = await masks();
    expect(imported).toBe(2);
    expect(failures.map(({ id, code }) => `${id} ${code}`)).toEqual(['i002 size-mismatch', 'i003 label-unknown']);
    const labels = await Promise.all(['i000', 'i001'].map((id) => readLabelMap(project.paths.mask('theirs', id))));
    expect(labels.map(({ data }) => data[0])).toEqual([255, 1]);
  });

  it('reads values by a convention, and never into masks made by hand', async () => {
    put(from, 'i000.png', flat(4));
    await masks({ convention: 'zero-based' });
    expect((await readLabelMap(project.paths.mask('theirs', 'i000'))).data[0]).toBe(5);
    await expect(masks({ masks: 'corrected' })).rejects.toMatchObject({ code: 'usage' });
    await expect(masks({ masks: 'others', convention: 'cityscapes' })).rejects.toMatchObject({
      code: 'settings-invalid',
    });
  });

  it('can be stopped', async () => {
    const stopped = AbortSignal.abort();
    await expect(importMasks(project, { masks: 'theirs', from }, quiet, stopped)).rejects.toMatchObject({ code: 'interrupted' }); // prettier-ignore
  });
});
