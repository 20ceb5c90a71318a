import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileFinder } from '../../../../../../electron/engine/project/formats/file-finder.js';
import { photoPaths } from '../../../../../../electron/engine/project/formats/find-photo.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

describe('fileFinder', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
    put(root, 'photos/a.png', '');
    put(root, 'photos/b.jpg', '');
    put(root, 'photos/b.png', '');
  });

  it('finds the first path that is a file', async () => {
    const find = fileFinder(root);
    expect(await find(photoPaths('photos/a'))).toBe('photos/a.png');
    expect(await find(photoPaths('photos/b'))).toBe('photos/b.jpg');
    expect(await find(photoPaths('photos/c'))).toBeNull();
    expect(await find(photoPaths('none/a'))).toBeNull();
    expect(await find([`../${root.split('/').pop()}/photos/a.png`, '/photos/a.png', 'photos'])).toBeNull();
  });

  it.skipIf(process.platform === 'win32')(
    'follows links to files, and no others (Windows asks for a right)',
    async () => {
      symlinkSync('a.png', join(root, 'photos/link.png'));
      symlinkSync('nothing.png', join(root, 'photos/broken.png'));
      symlinkSync('photos', join(root, 'elsewhere'));
      mkdirSync(join(root, 'photos/folder.png'));
      const find = fileFinder(root);
      expect(await find(photoPaths('photos/link'))).toBe('photos/link.png');
      expect(await find(photoPaths('photos/broken'))).toBeNull();
      expect(await find(photoPaths('photos/folder'))).toBeNull();
      expect(await find(photoPaths('elsewhere/a'))).toBe('elsewhere/a.png');
    },
  );

  it('looks for many that are not there without asking for each', async () => {
    const find = fileFinder(root);
    const { user, system } = process.cpuUsage();
    for (let i = 0; i < 5000; i++) expect(await find(photoPaths(`photos/none${i}`))).toBeNull();
    const took = process.cpuUsage({ user, system });
    // Asking takes from twenty to a hundred times as long.
    expect(took.user + took.system).toBeLessThan(1.5e6);
  });
});
