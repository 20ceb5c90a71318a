import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { lock } from 'proper-lockfile';
import type { CatalogueEntry } from '../../../../../../../electron/engine/learn/weights/catalogue/entries.js';
import { Downloads, trimWeights } from '../../../../../../../electron/engine/learn/weights/catalogue/kept.js';
import { put } from '../../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../../support/folder.js';

const entry = (name: string, path: string, paths: string[]): CatalogueEntry => ({
  name,
  for: 'saliency',
  use: '',
  licence: '',
  digestFrom: '',
  path,
  files: paths.map((one) => ({ path: one, address: '', bytes: 10, digest: { algorithm: 'md5', hex: '' } })),
});
const catalogue = [
  entry('old', 'old.onnx', ['old.onnx']),
  entry('many', 'many', ['many/model.json', 'many/shard1']),
  entry('new', 'new.pth', ['new.pth']),
];
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  const aged = (path: string, age: number, text = '0123456789'): void => {
    const file = put(folder, path, text);
    utimesSync(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
  };
  aged('old.onnx', 300);
  aged('many/model.json', 200);
  aged('many/shard1', 200);
  utimesSync(join(folder, 'many'), Date.now() / 1000 - 200, Date.now() / 1000 - 200);
  aged('new.pth.part', 100);
  aged('mine.pth', 900);
});
const there = (): string[] => ['old.onnx', 'many', 'new.pth.part', 'mine.pth'].filter((path) => existsSync(join(folder, path))); // prettier-ignore

it('what was fetched is counted, halves of files too, and not what a person put there', async () => {
  expect(await new Downloads(folder, catalogue).use()).toEqual({ folder, bytes: 40, files: 4 });
  expect(await new Downloads(join(folder, 'none'), catalogue).use()).toMatchObject({ bytes: 0, files: 0 });
});

it('those not used for longest go first, whole', async () => {
  await trimWeights(folder, 40, { catalogue });
  expect(there()).toEqual(['old.onnx', 'many', 'new.pth.part', 'mine.pth']);
  await trimWeights(folder, 35, { catalogue });
  expect(there()).toEqual(['many', 'new.pth.part', 'mine.pth']);
  await trimWeights(folder, 25, { catalogue, stays: 'many' });
  expect(there()).toEqual(['many', 'mine.pth']);
});

it('all of them go when the cache is emptied, but not while something is downloaded', async () => {
  const downloads = new Downloads(folder, catalogue);
  const release = await lock(folder, { lockfilePath: join(folder, 'install.lock') });
  await expect(downloads.trim(0)).rejects.toMatchObject({ code: 'busy' });
  await release();
  await downloads.trim(0);
  expect(there()).toEqual(['mine.pth']);
  await new Downloads(join(folder, 'none'), catalogue).trim(0);
});
