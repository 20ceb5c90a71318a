import { lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  copyFileAtomic,
  linkFileAtomic,
  readJsonFile,
  writeFileAtomic,
  writeFileAtomicSync,
} from '../../../../../electron/engine/project/files.js';
import { StudioError } from '../../../../../shared/errors.js';
import { temporaryFolder } from '../../../../support/folder.js';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, rename: vi.fn(real.rename) };
});

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

describe.each([
  ['writeFileAtomic', writeFileAtomic],
  ['writeFileAtomicSync', writeFileAtomicSync],
])('%s', (_name, write) => {
  it('writes text and bytes, makes folders, and leaves nothing else behind', async () => {
    await write(join(folder, 'a/b/text'), 'häh');
    await write(join(folder, 'a/b/bytes'), Uint8Array.of(0, 255));
    expect(readFileSync(join(folder, 'a/b/text'), 'utf8')).toBe('häh');
    expect([...readFileSync(join(folder, 'a/b/bytes'))]).toEqual([0, 255]);
    expect(readdirSync(join(folder, 'a/b')).sort()).toEqual(['bytes', 'text']);
  });

  it('replaces a file as a whole', async () => {
    await write(join(folder, 'f'), 'long old content');
    await write(join(folder, 'f'), 'new');
    expect(readFileSync(join(folder, 'f'), 'utf8')).toBe('new');
  });

  it('takes a name as long as a file system allows', async () => {
    const path = join(folder, 'n'.repeat(255));
    await write(path, 'x');
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  it.each([
    ['a file stands in place of the folder', 'file/inside'],
    ['a folder stands in place of the file', 'taken'],
  ])('says that it cannot write where %s', async (_case, path) => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'taken'));
    const attempt = async (): Promise<void> => write(join(folder, path), 'x');
    await expect(attempt()).rejects.toMatchObject({ code: 'not-writable', file: join(folder, path) });
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  });
});

describe('a file in pieces', () => {
  async function* pieces(end?: Error): AsyncGenerator<string> {
    yield 'first, ';
    yield '';
    yield 'häh';
    if (end) throw end;
  }

  it('is written one after the other', async () => {
    await writeFileAtomic(join(folder, 'f'), pieces());
    expect(readFileSync(join(folder, 'f'), 'utf8')).toBe('first, häh');
  });

  it('leaves the old one, and the error as it is, when they break off', async () => {
    await writeFileAtomic(join(folder, 'f'), 'old');
    const stopped = new StudioError({ code: 'interrupted', message: 'stopped' });
    await expect(writeFileAtomic(join(folder, 'f'), pieces(stopped))).rejects.toBe(stopped);
    expect(readFileSync(join(folder, 'f'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['f']);
  });
});

describe.each([
  ['copyFileAtomic', copyFileAtomic, false],
  ['linkFileAtomic', linkFileAtomic, true],
])('%s', (_name, place, isLink) => {
  it('puts a file in the place of another, making folders', async () => {
    writeFileSync(join(folder, 'from'), 'content');
    await place(join(folder, 'from'), join(folder, 'a/to'));
    await place(join(folder, 'from'), join(folder, 'a/to'));
    expect(readFileSync(join(folder, 'a/to'), 'utf8')).toBe('content');
    expect(lstatSync(join(folder, 'a/to')).isSymbolicLink()).toBe(isLink);
    expect(readdirSync(join(folder, 'a'))).toEqual(['to']);
  });

  it('says where it cannot', async () => {
    writeFileSync(join(folder, 'from'), 'content');
    const path = join(folder, 'from/to');
    await expect(place(join(folder, 'from'), path)).rejects.toMatchObject({ code: 'not-writable', file: path });
  });
});

describe('a crash between the temporary file and the rename', () => {
  it('leaves the old file whole', async () => {
    const path = join(folder, 'f');
    await writeFileAtomic(path, 'old');
    let seen: string[] = [];
    vi.mocked(rename).mockImplementationOnce((from) => {
      seen = [readFileSync(from, 'utf8'), readFileSync(path, 'utf8')];
      return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    });
    await expect(writeFileAtomic(path, 'new')).rejects.toMatchObject({ code: 'disk-full' });
    expect(seen).toEqual(['new', 'old']);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['f']);
  });
});

describe('readJsonFile', () => {
  const schema = z.object({ size: z.object({ width: z.number() }) });

  it('returns what the schema makes of it', () => {
    writeFileSync(join(folder, 'f'), '{"size":{"width":3},"more":1}');
    expect(readJsonFile(join(folder, 'f'), schema)).toEqual({ size: { width: 3 } });
  });

  it.each([
    ['{"size":{"width":"3"}}', 'file-damaged', /size\.width/],
    ['{"size":', 'file-damaged', /not JSON/],
  ])('says what is wrong with %s', (text, code, message) => {
    writeFileSync(join(folder, 'f'), text);
    const read = (): unknown => readJsonFile(join(folder, 'f'), schema);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code }));
  });

  it('tells a missing file from one that cannot be read', () => {
    expect(() => readJsonFile(join(folder, 'none'), schema)).toThrow(expect.objectContaining({ code: 'file-missing' }));
    expect(() => readJsonFile(folder, schema)).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
  });
});
