import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeStale, scratch } from '../../../../../../electron/engine/learn/kept/scratch.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const bytes = (length: number, first: number): Uint8Array => Uint8Array.from({ length }, (_, i) => first + i);

describe('a scratch file', () => {
  it('gives back what was put in, in any order, and makes nothing before', () => {
    const folder = join(temporaryFolder(), 'scratch');
    const file = scratch(folder, 1000);
    expect(existsSync(folder)).toBe(false);
    const [a, b] = [file.append(bytes(10, 0))!, file.append(bytes(20, 100))!];
    const read = (position: number, length: number): Uint8Array => {
      const result = new Uint8Array(length);
      file.read(position, result);
      return result;
    };
    expect(read(b, 20)).toEqual(bytes(20, 100));
    expect(read(a, 10)).toEqual(bytes(10, 0));
    expect(() => read(b, 30)).toThrow('shorter');
    // Without a name it goes with its process, however that ends. Windows lets it have one until then.
    if (process.platform !== 'win32') expect(readdirSync(folder)).toEqual([]);
    file.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes no more than its bound', () => {
    const file = scratch(temporaryFolder(), 25);
    expect([10, 10, 10, 5].map((length) => file.append(bytes(length, 0)))).toEqual([0, 10, null, 20]);
    file.close();
  });

  it('takes nothing where there is no bound or no folder to be had', () => {
    expect(scratch(temporaryFolder(), 0).append(bytes(1, 0))).toBeNull();
    const taken = join(temporaryFolder(), 'file');
    writeFileSync(taken, '');
    const file = scratch(join(taken, 'scratch'), 100);
    expect(file.append(bytes(1, 0))).toBeNull();
    file.close();
  });

  it('removes what processes that are gone have left, and nothing else', () => {
    const folder = temporaryFolder();
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    const names = [`${gone}-00-ff.scratch`, `${process.pid}-00-ff.scratch`, 'notes.txt'];
    for (const name of names) writeFileSync(join(folder, name), '');
    removeStale(folder);
    expect(readdirSync(folder).sort()).toEqual(names.slice(1).sort());
  });
});
