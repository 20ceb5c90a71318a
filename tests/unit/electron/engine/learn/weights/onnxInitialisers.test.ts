import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { readOnnx } from '../../../../../../electron/engine/learn/weights/onnxInitialisers.js';
import type { WeightFile } from '../../../../../../electron/engine/learn/weights/weightFile.js';
import { damagedCopies } from '../../../../../support/damage.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { floats, message, modelOf, rawFloats, type Fields } from '../../../../../support/onnx.js';

function read(model: Uint8Array, beside: Record<string, Uint8Array> = {}): Promise<WeightFile> {
  const folder = join(temporaryFolder(), 'model');
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(beside)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, 'model.onnx'), model);
  return readOnnx(join(folder, 'model.onnx'));
}

/** The fields of a tensor [count] of some type. */
const tensor = (count: number, type: number, ...values: Fields): Fields => [[1, count], [2, type], [8, 'w'], ...values];
const valuesOf = async (...fields: Fields): Promise<number[]> => [
  ...(await read(modelOf(fields))).tensors.get('w')!.data,
];
const external = (...entries: [string, string][]): Fields => [
  ...tensor(2, 1),
  ...entries.map(([key, value]): Fields[0] => [13, message([1, key], [2, value])]),
  [14, 1],
];

describe('readOnnx', () => {
  it('reads names, shapes, numbers and types', async () => {
    const { tensors, types } = await read(modelOf(rawFloats('a', [2, 1], [1, 2]), rawFloats('scalar', [], [3])));
    expect(tensors.get('a')).toEqual({ shape: [2, 1], data: Float32Array.of(1, 2) });
    expect(tensors.get('scalar')).toEqual({ shape: [], data: Float32Array.of(3) });
    expect([...types.values()]).toEqual(['F32', 'F32']);
  });

  it('reads numbers from every field that may hold them', async () => {
    expect(await valuesOf(...tensor(2, 1, [4, floats(1, 2)]))).toEqual([1, 2]);
    expect(await valuesOf(...tensor(1, 11, [10, new Uint8Array(Float64Array.of(0.5).buffer)]))).toEqual([0.5]);
    expect(await valuesOf(...tensor(2, 7, [7, 5], [7, 300]))).toEqual([5, 300]);
    expect(await valuesOf(...tensor(2, 6, [5, Uint8Array.of(5, 172, 2)]))).toEqual([5, 300]);
    expect(await valuesOf(...tensor(1, 10, [5, 0x3e00]))).toEqual([1.5]);
    expect(await valuesOf(...tensor(1, 16, [9, Uint8Array.of(0x80, 0x3f)]))).toEqual([1]);
  });

  it('reads packed shapes', async () => {
    const packed: Fields = [
      [1, Uint8Array.of(1, 2)],
      [2, 1],
      [8, 'w'],
      [9, floats(1, 2)],
    ];
    expect((await read(modelOf(packed))).tensors.get('w')!.shape).toEqual([1, 2]);
  });

  it('reads external data from a file inside the folder', async () => {
    const model = modelOf(external(['location', 'data.bin'], ['offset', '4'], ['length', '8']));
    const { tensors } = await read(model, { 'data.bin': floats(9, 1, 2) });
    expect([...tensors.get('w')!.data]).toEqual([1, 2]);
  });

  it.each<[string, [string, string][], string]>([
    ['outside the folder', [['location', '../data.bin']], 'path-outside'],
    ['at an absolute path', [['location', '/etc/hostname']], 'path-outside'],
    ['without a file', [['offset', '0']], 'path-outside'],
    ['that is missing', [['location', 'none.bin']], 'file-missing'],
    ['behind the end', [['location', 'data.bin'], ['offset', '8']], 'weights-damaged'], // prettier-ignore
    ['at no number', [['location', 'data.bin'], ['offset', '0.5']], 'weights-damaged'], // prettier-ignore
    ['of another length', [['location', 'data.bin'], ['length', '4']], 'weights-damaged'], // prettier-ignore
  ])('refuses external data %s', async (_, entries, code) => {
    await expect(read(modelOf(external(...entries)), { 'data.bin': floats(1, 2, 3) })).rejects.toMatchObject({ code });
  });

  it('refuses tensors that unfold one external file many times', async () => {
    const once = external(['location', 'data.bin']);
    const again = once.map(([field, content]): Fields[0] => [field, field === 8 ? 'x' : content]);
    await expect(read(modelOf(once, again), { 'data.bin': floats(1, 2) })).rejects.toThrow('shorter than the tensors');
  });

  it.each<[string, Fields[]]>([
    ['no initialisers', []],
    ['fewer numbers than the shape says', [rawFloats('w', [3], [1, 2])]],
    ['a shape whose product overflows', [rawFloats('w', [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1], [1])]],
    ['numbers that are text', [tensor(1, 8, [6, 'text'])]],
    ['a name that comes twice', [rawFloats('w', [1], [1]), rawFloats('w', [1], [2])]],
  ])('refuses a model with %s', async (_, initialisers) => {
    await expect(read(modelOf(...initialisers))).rejects.toMatchObject({ code: 'weights-damaged' });
  });

  it('reads or refuses damaged files, and never fails otherwise (seed 7)', async () => {
    const whole = modelOf(rawFloats('a', [2, 2], [1, 2, 3, 4]), tensor(2, 7, [7, 5], [7, 300]));
    const file = join(temporaryFolder(), 'm.onnx');
    await fc.assert(
      fc.asyncProperty(damagedCopies(whole), async (copy) => {
        writeFileSync(file, copy);
        await readOnnx(file).catch((error: unknown) => expect(error).toBeInstanceOf(StudioError));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  const real = resolve(import.meta.dirname, '../../../../../../../shared/models/u2netp/u2netp.onnx');
  it.skipIf(!existsSync(real))('reads U-2-Net-p (needs shared/models)', async () => {
    const { tensors, types } = await readOnnx(real);
    expect(new Set(types.values())).toEqual(new Set(['F32']));
    expect(tensors.get('side1.weight')!.shape).toEqual([1, 64, 3, 3]);
  });
});
