import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  weightCatalogue,
  type CatalogueEntry,
} from '../../../../../../../electron/engine/learn/weights/catalogue/entries.js';
import {
  catalogueEntry,
  isFetched,
  weightsPath,
} from '../../../../../../../electron/engine/learn/weights/catalogue/find.js';
import { getWeights } from '../../../../../../../electron/engine/learn/weights/catalogue/get.js';
import type { Progress } from '../../../../../../../shared/progress.js';
import { temporaryFolder } from '../../../../../../support/folder.js';
import { localServer } from '../../../../../../support/server.js';

const allFiles = weightCatalogue.flatMap(({ files }) => files);

describe('the catalogue', () => {
  it('has names, paths and addresses once each, over https, with a whole digest', () => {
    for (const values of [
      weightCatalogue.map(({ name }) => name),
      allFiles.map(({ path }) => path),
      allFiles.map(({ address }) => address),
    ])
      // prettier-ignore
      expect(new Set(values).size).toBe(values.length);
    for (const { path, address, bytes, digest } of allFiles) {
      expect(address).toMatch(/^https:\/\//);
      expect(path).not.toMatch(/\.\.|\\|^\//);
      expect(bytes).toBeGreaterThan(0);
      expect(digest.hex).toMatch(digest.algorithm === 'md5' ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/);
    }
  });

  it("agrees with the digits in torchvision's names", () => {
    const torchvision = allFiles.filter(({ address }) => address.includes('pytorch.org'));
    expect(torchvision.length).toBeGreaterThan(0);
    for (const { address, digest } of torchvision)
      expect(digest.hex).toContain(/-([0-9a-f]{8})\.pth$/.exec(address)![1]);
  });

  const shared = resolve(import.meta.dirname, '../../../../../../../../shared/models');
  const copies: [string, string][] = [
    ['mobilenet', '.'],
    ['u2netp', 'u2netp'],
  ];
  it.skipIf(!existsSync(shared)).each(copies)('is right about %s (needs shared/models)', (name, folder) => {
    for (const { path, bytes, digest } of catalogueEntry(name).files) {
      const copy = readFileSync(join(shared, folder, path));
      expect([path, copy.length]).toEqual([path, bytes]);
      expect(createHash(digest.algorithm).update(copy).digest('hex')).toBe(digest.hex);
    }
  });

  it('lists its names where one is unknown', () => {
    expect(() => catalogueEntry('vgg61')).toThrow(
      expect.objectContaining({
        code: 'usage',
        remedy: expect.stringContaining('vgg16, vgg16-keras, resnet50, mobilenet'),
      }),
    );
  });
});

describe('weightsPath', () => {
  it('takes a file that is there, fetched weights by name, and other paths as they are', () => {
    const folder = temporaryFolder();
    expect(() => weightsPath('u2netp', folder)).toThrow(
      expect.objectContaining({ code: 'weights-missing', remedy: 'Fetch them first (comask weights get u2netp).' }),
    );
    writeFileSync(join(folder, 'u2netp.onnx'), '');
    expect(weightsPath('u2netp', folder)).toBe(join(folder, 'u2netp.onnx'));
    expect(weightsPath(join(folder, 'u2netp.onnx'), folder)).toBe(join(folder, 'u2netp.onnx'));
    expect(weightsPath('none.pth', folder)).toBe(resolve('none.pth'));
  });

  it('counts weights of several files as fetched when all of them are there', () => {
    const folder = temporaryFolder();
    const entry = catalogueEntry('mobilenet');
    mkdirSync(join(folder, entry.path));
    for (const { path } of entry.files.slice(1)) writeFileSync(join(folder, path), '');
    expect(isFetched(entry, folder)).toBe(false);
    writeFileSync(join(folder, entry.files[0].path), '');
    expect(weightsPath('mobilenet', folder)).toBe(join(folder, entry.path));
  });
});

describe('getWeights', () => {
  it('fetches what is missing of several files, with progress over all of them', async () => {
    const folder = temporaryFolder();
    const contents: Record<string, Buffer> = { a: Buffer.alloc(3_000_000, 1), b: Buffer.alloc(2_000_000, 2) };
    const asked: string[] = [];
    const address = await localServer(({ url }, response) => {
      asked.push(url!.slice(1));
      response.end(contents[url!.slice(1)]);
    });
    const entry: CatalogueEntry = {
      ...{ name: 'two', for: 'vgg16', use: '', licence: '', digestFrom: '', path: 'two' },
      files: Object.entries(contents).map(([name, bytes]) => ({
        path: `two/${name}`,
        address: `${address}/${name}`,
        bytes: bytes.length,
        digest: { algorithm: 'sha256', hex: createHash('sha256').update(bytes).digest('hex') },
      })),
    };
    const seen: Progress[] = [];
    const options = { onProgress: (progress: Progress) => void seen.push(progress), say: () => undefined };
    expect(await getWeights(entry, folder, options)).toEqual({ path: join(folder, 'two'), fetched: 2 });
    expect(statSync(join(folder, 'two', 'b')).size).toBe(2_000_000);
    expect(seen.at(-1)).toMatchObject({ stage: 'downloading', part: 'two', done: 5, total: 5, unit: 'MB' });
    expect(await getWeights(entry, folder, options)).toMatchObject({ fetched: 0 });
    expect(asked).toEqual(['a', 'b']);
  });
});
