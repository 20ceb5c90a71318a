import { describe, expect, it } from 'vitest';
import { makeMasks, type MaskFiles, type MaskImage } from '../../../../../electron/engine/masks/make.js';
import { StudioError } from '../../../../../shared/errors.js';
import { maskSettings } from '../../../../../shared/settings/index.js';
import type { ByteImage, LabelMap } from '../../../../../shared/types.js';

const size = { width: 2, height: 1 };
const bright: ByteImage = { ...size, data: Uint8Array.of(255, 0) };
const images: MaskImage[] = ['a', 'b', 'c'].map((id) => ({ id, ...size, classes: [0, 1] }));
const settings = maskSettings.resolve({ rule: 'plain' });

/** Files in memory: a map of class 0 for every image, none of class 1; what is written can be looked at. */
function memory(changes: Partial<MaskFiles> = {}): { files: MaskFiles; written: Map<string, LabelMap> } {
  const written = new Map<string, LabelMap>();
  const files: MaskFiles = {
    readMap: async (id, classIndex) => {
      if (classIndex === 0) return bright;
      throw new StudioError({
        code: 'file-missing',
        message: 'there is no such image',
        file: `${id}_${classIndex}.png`,
      });
    },
    readSaliency: null,
    readPhoto: async () => ({ ...size, data: Uint8Array.of(9, 9, 9, 200, 200, 200) }),
    keeps: () => false,
    write: async (id, mask) => void written.set(id, mask),
    ...changes,
  };
  return { files, written };
}

const run = (files: MaskFiles, signal = new AbortController().signal): ReturnType<typeof makeMasks> =>
  makeMasks({ images, count: images.length, files }, settings, () => undefined, signal);

describe('making masks', () => {
  it('fuses without the maps that are missing, and counts them', async () => {
    const { files, written } = memory();
    expect(await run(files)).toEqual({ written: 3, kept: 0, missingMaps: 3, failures: [] });
    expect([...written.get('b')!.data]).toEqual([1, 0]);
  });

  it('reads photos only where masks are refined', async () => {
    const photo = { ...size, data: Uint8Array.of(9, 9, 9, 200, 200, 200) };
    const read: string[] = [];
    const { files } = memory({
      readPhoto: async (id) => {
        read.push(id);
        return id === 'b' ? { ...photo, width: 1, height: 2 } : photo;
      },
    });
    await run(files);
    expect(read).toEqual([]);
    const refined = maskSettings.resolve({ rule: 'plain', refine: 'crf:psa' });
    const batch = { images, count: images.length, files };
    const result = await makeMasks(batch, refined, () => undefined, new AbortController().signal);
    expect(read.sort()).toEqual(['a', 'b', 'c']);
    expect(result).toMatchObject({ written: 2, failures: [{ id: 'b', code: 'size-mismatch' }] });
  });

  it('keeps the masks that are there', async () => {
    const { files, written } = memory({ keeps: (id) => id !== 'c' });
    expect(await run(files)).toMatchObject({ written: 1, kept: 2 });
    expect([...written.keys()]).toEqual(['c']);
  });

  it('lists what cannot be used and goes on with the rest', async () => {
    const { files, written } = memory({
      readSaliency: async (id) => {
        if (id === 'b') throw new StudioError({ code: 'file-damaged', message: 'cut short', file: 'b.png' });
        return id === 'a' ? { width: 9, height: 9, data: new Uint8Array(81) } : bright;
      },
    });
    const { failures } = await run(files);
    expect(failures).toMatchObject([
      { id: 'a', code: 'size-mismatch', reason: expect.stringContaining('9x9') },
      { id: 'b', code: 'file-damaged', file: 'b.png', action: 'no mask made' },
    ]);
    expect([...written.keys()]).toEqual(['c']);
  });

  it('does not fuse without a saliency map that the set lacks', async () => {
    const { files } = memory({
      readSaliency: async () => {
        throw new StudioError({ code: 'file-missing', message: 'there is no such image' });
      },
    });
    expect(await run(files)).toMatchObject({ written: 0, failures: { length: 3 } });
  });

  it('stops at once when nothing more can be written', async () => {
    let tries = 0;
    const { files } = memory({
      write: async () => {
        tries++;
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
    });
    const many = Array.from({ length: 100 }, (_, at) => ({ ...images[0], id: String(at) }));
    const batch = makeMasks(
      { images: many, count: 100, files },
      settings,
      () => undefined,
      new AbortController().signal,
    );
    await expect(batch).rejects.toThrow('no space left');
    expect(tries).toBeLessThan(10);
  });

  it('ends what is under way when stopped, and goes on from there', async () => {
    const abort = new AbortController();
    const { files, written } = memory({
      write: async (id, mask) => {
        written.set(id, mask);
        abort.abort();
      },
    });
    const many = Array.from({ length: 50 }, (_, at) => ({ ...images[0], id: String(at) }));
    const batch = { images: many, count: 50, files: { ...files, keeps: (id: string) => written.has(id) } };
    await expect(makeMasks(batch, settings, () => undefined, abort.signal)).rejects.toMatchObject({
      code: 'interrupted',
    });
    const first = written.size;
    expect(first).toBeLessThan(50);
    const result = await makeMasks(batch, settings, () => undefined, new AbortController().signal);
    expect(result).toMatchObject({ kept: first, written: 50 - first });
  });

  it.each([
    ['reference', /saliency/],
    ['saliency', /saliency/],
  ] as const)('refuses rule %s without the sets it needs', async (rule, message) => {
    const { files } = memory();
    const batch = { images, count: 3, files };
    const made = makeMasks(batch, maskSettings.resolve({ rule }), () => undefined, new AbortController().signal);
    await expect(made).rejects.toThrow(message);
  });
});
