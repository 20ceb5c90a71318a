import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync, strToU8 } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryTarget, requireFreeSpace, unpack } from '../../../../../../electron/engine/learn/runtime/unpack.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comask-unpack-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function archiveOf(files: Record<string, string>): Promise<string> {
  const path = join(folder, 'a.whl');
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  await writeFile(path, zipSync(Object.fromEntries(entries)));
  return path;
}

const everything = { wanted: (): boolean => true };

describe('unpack', () => {
  it('writes the wanted files and reports every byte', async () => {
    const archive = await archiveOf({ 'tensorflow/lib.so': 'library', 'tensorflow/python/a.py': 'pass', 'b.txt': 'b' });
    let last = [0, 0];
    const names = await unpack(archive, join(folder, 'out'), {
      wanted: (name) => !name.endsWith('.py'),
      onBytes: (...bytes) => (last = bytes),
    });
    expect(names.sort()).toEqual(['b.txt', 'tensorflow/lib.so']);
    expect(last).toEqual([8, 8]);
    expect(await readFile(join(folder, 'out', 'tensorflow', 'lib.so'), 'utf8')).toBe('library');
    expect(await readdir(join(folder, 'out', 'tensorflow'))).toEqual(['lib.so']);
  });

  it.each(['../outside.txt', 'a/../../outside.txt', '/outside.txt', 'C:/outside.txt'])(
    'refuses an entry that leads out of its folder: %s',
    async (name) => {
      const archive = await archiveOf({ 'fine.txt': 'fine', [name]: 'evil' });
      await expect(unpack(archive, join(folder, 'out'), everything)).rejects.toMatchObject({ code: 'download-failed' });
      await expect(stat(join(folder, 'outside.txt'))).rejects.toThrow('ENOENT');
      await expect(stat('/outside.txt')).rejects.toThrow('ENOENT');
    },
  );

  it('calls a cut archive broken', async () => {
    const archive = await archiveOf({ 'a.txt': 'a'.repeat(5000) });
    await truncate(archive, 60);
    await expect(unpack(archive, join(folder, 'out'), everything)).rejects.toMatchObject({
      code: 'download-failed',
      file: archive,
    });
  });
});

describe('entryTarget', () => {
  it('refuses backslashes, which Windows takes for folders', () => {
    expect(() => entryTarget(folder, '..\\outside.txt')).toThrow(/leads out/);
    expect(entryTarget(folder, 'a/..b/c.txt')).toBe(join(folder, 'a', '..b', 'c.txt'));
  });
});

describe('requireFreeSpace', () => {
  it('throws disk-full before anything is written', async () => {
    await expect(requireFreeSpace(folder, 1e18)).rejects.toMatchObject({ code: 'disk-full', file: folder });
    await expect(requireFreeSpace(folder, 1)).resolves.toBeUndefined();
  });
});
