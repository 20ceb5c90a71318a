import { readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { BoundedFiles } from '../../../../../electron/engine/services/bounded-files.js';
import { Thumbnails } from '../../../../../electron/engine/services/thumbnails.js';
import { jpeg, put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const bytes = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value);

describe('files within a bound', () => {
  it('come back, also after a new start, and not once they are gone', async () => {
    const files = new BoundedFiles(join(folder, 'new/cache'), 100);
    expect(await files.get('a')).toBeNull();
    await files.put('a', bytes(3));
    expect(await files.get('a')).toEqual(Buffer.from(bytes(3)));
    const later = new BoundedFiles(join(folder, 'new/cache'), 100);
    expect(await later.get('a')).toEqual(Buffer.from(bytes(3)));
    rmSync(join(folder, 'new'), { recursive: true });
    expect(await later.get('a')).toBeNull();
    await later.put('a', bytes(4));
    expect(await later.get('a')).toHaveLength(4);
  });

  it('go when there are too many bytes, those not used for longest first', async () => {
    for (const [name, age] of [['old', 100], ['older', 200]] as const) {
      const file = put(folder, name, bytes(40));
      utimesSync(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
    } // prettier-ignore
    const files = new BoundedFiles(folder, 100);
    await files.get('older');
    await files.put('new', bytes(30));
    expect(await files.use()).toMatchObject({ bytes: 70, files: 2 });
    expect(readdirSync(folder).sort()).toEqual(['new', 'older']);
    await files.put('new', bytes(50, 2));
    expect(await files.use()).toMatchObject({ bytes: 90, files: 2 });
    expect(readdirSync(folder).sort()).toEqual(['new', 'older']);
    expect(await files.get('old')).toBeNull();
  });
});

describe('thumbnails', () => {
  it('are made once, also when asked for at the same time', async () => {
    const photo = put(folder, 'photo.jpg', await jpeg(64, 48));
    const cache = join(folder, 'cache');
    const thumbnails = new Thumbnails(cache);
    const [a, b] = await Promise.all([thumbnails.get(photo, 'v', 32), thumbnails.get(photo, 'v', 32)]);
    expect(a).toBe(b);
    const [name] = readdirSync(cache);
    const made = statSync(join(cache, name)).ino;
    expect(Buffer.from(a).equals(readFileSync(join(cache, name)))).toBe(true);
    // Taken from the cache: the photo is gone.
    writeFileSync(photo, '');
    await thumbnails.get(photo, 'v', 32);
    expect(statSync(join(cache, name)).ino).toBe(made);
    await expect(thumbnails.get(photo, 'other', 32)).rejects.toMatchObject({ code: 'file-damaged' });
    await expect(thumbnails.get(join(folder, 'gone.jpg'), 'v', 32)).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('come though they cannot be kept', async () => {
    const photo = put(folder, 'photo.jpg', await jpeg(64, 48));
    put(folder, 'file', '');
    expect((await new Thumbnails(join(folder, 'file/cache')).get(photo, 'v', 32)).length).toBeGreaterThan(0);
  });
});
