import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { readTfjsModel } from '../../../../../../electron/engine/learn/weights/tfjsModel.js';
import { damagedCopies } from '../../../../../support/damage.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'comask-tfjs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

async function model(weights: unknown[], shards: Record<string, Uint8Array>): Promise<string> {
  const manifest = [{ paths: Object.keys(shards), weights }];
  await writeFile(path.join(folder, 'model.json'), JSON.stringify({ weightsManifest: manifest }));
  for (const [name, bytes] of Object.entries(shards)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
  return folder;
}

describe('readTfjsModel', () => {
  it('reads weights that run across shards, from the folder or from model.json', async () => {
    const bytes = floats(1, 2, 3);
    await model(
      [
        { name: 'conv/kernel', dtype: 'float32', shape: [2] },
        { name: 'conv/bias', dtype: 'float32', shape: [] },
      ],
      { 'one.bin': bytes.subarray(0, 5), 'deep/two.bin': bytes.subarray(5) },
    );
    for (const from of [folder, path.join(folder, 'model.json')]) {
      const { tensors } = await readTfjsModel(from);
      expect(tensors.get('conv/kernel')).toEqual({ shape: [2], data: Float32Array.of(1, 2) });
      expect(tensors.get('conv/bias')).toEqual({ shape: [], data: Float32Array.of(3) });
    }
  });

  it('restores quantised weights: value * scale + min', async () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -1 };
    await model([{ name: 'w', dtype: 'float32', shape: [3], quantization }], { s: Uint8Array.of(0, 2, 255) });
    expect([...(await readTfjsModel(folder)).tensors.get('w')!.data]).toEqual([-1, 0, 126.5]);
  });

  it('reads half floats without a scale', async () => {
    const quantization = { dtype: 'float16', original_dtype: 'float32' };
    await model([{ name: 'w', dtype: 'float32', shape: [1], quantization }], { s: Uint8Array.of(0, 0x3e) });
    expect([...(await readTfjsModel(folder)).tensors.get('w')!.data]).toEqual([1.5]);
  });

  it('passes over text among the constants of a graph model', async () => {
    const text = Uint8Array.of(2, 0, 0, 0, 104, 105, 0, 0, 0, 0);
    const yes = { name: 'yes', dtype: 'bool', shape: [] };
    await model([{ name: 'names', dtype: 'string', shape: [2] }, yes], { s: Buffer.concat([text, Buffer.of(1)]) });
    const { tensors, types } = await readTfjsModel(folder);
    expect(Object.fromEntries(tensors)).toEqual({ yes: { shape: [], data: Float32Array.of(1) } });
    expect(types.get('yes')).toBe('BOOL');
  });

  const w = { name: 'w', dtype: 'float32', shape: [1] };
  it.each([
    ['shards that end early', [w], { s: floats().subarray(0) }],
    ['bytes too many', [w], { s: floats(1, 2) }],
    ['a name that comes twice', [w, w], { s: floats(1, 2) }],
    ['an unknown number type', [{ ...w, dtype: 'complex64' }], { s: floats(1) }],
    ['text that ends early', [{ ...w, dtype: 'string' }], { s: floats(1) }],
    ['a shape whose product is no number', [{ ...w, shape: [...Array(40).fill(2 ** 50), 0] }], { s: floats() }],
    ['a weight without shape', [{ name: 'w', dtype: 'float32' }], { s: floats(1) }],
  ])('refuses %s', async (_, weights, shards) => {
    await expect(readTfjsModel(await model(weights, shards as never))).rejects.toMatchObject({
      code: 'weights-damaged',
    });
  });

  it('refuses to unfold one shard many times', async () => {
    const group = { paths: ['s'], weights: [w] };
    const manifest = [group, { ...group, weights: [{ ...w, name: 'x' }] }];
    await writeFile(path.join(folder, 'model.json'), JSON.stringify({ weightsManifest: manifest }));
    await writeFile(path.join(folder, 's'), floats(1));
    await expect(readTfjsModel(folder)).rejects.toThrow('names a shard twice');
  });

  it('reads or refuses a damaged manifest, and never fails otherwise (seed 7)', async () => {
    await model([w], { s: floats(1) });
    const whole = await readFile(path.join(folder, 'model.json'));
    await fc.assert(
      fc.asyncProperty(damagedCopies(whole), async (copy) => {
        await writeFile(path.join(folder, 'model.json'), copy);
        await readTfjsModel(folder).catch((error: unknown) => expect(error).toBeInstanceOf(StudioError));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('refuses a model.json that is no model', async () => {
    await writeFile(path.join(folder, 'model.json'), '{"weightsManifest": 5}');
    await expect(readTfjsModel(folder)).rejects.toMatchObject({ code: 'weights-damaged' });
  });

  it.each(['../outside.bin', '/etc/hostname', '.', 'a/../../outside.bin'])(
    'refuses the shard path %s',
    async (shard) => {
      const manifest = [{ paths: [shard], weights: [w] }];
      await writeFile(path.join(folder, 'model.json'), JSON.stringify({ weightsManifest: manifest }));
      await expect(readTfjsModel(folder)).rejects.toMatchObject({ code: 'path-outside' });
    },
  );
});
