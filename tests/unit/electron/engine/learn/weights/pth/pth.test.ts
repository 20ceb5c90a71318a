import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../../shared/errors.js';
import { readPth } from '../../../../../../../electron/engine/learn/weights/pth/pth.js';
import type { WeightFile } from '../../../../../../../electron/engine/learn/weights/weightFile.js';
import { damagedCopies } from '../../../../../../support/damage.js';
import { temporaryFolder } from '../../../../../../support/folder.js';
import { floats } from '../../../../../../support/onnx.js';
import type { Picklable } from '../../../../../../support/pickle.js';
import {
  called,
  pthArchive,
  pthLegacy,
  savedTensor,
  stateDict,
  type SavedTensor,
} from '../../../../../../support/pth.js';

function read(bytes: Uint8Array): Promise<WeightFile> {
  const file = join(temporaryFolder(), 'w.pth');
  writeFileSync(file, bytes);
  return readPth(file);
}

/** Six numbers in a storage named 0, seen in some way. */
const view = (shape: number[], strides: number[], offset = 0): SavedTensor => ({
  ...{ key: '0', type: 'Float', count: 6 },
  ...{ shape, strides, offset },
});
const six = floats(0, 1, 2, 3, 4, 5);
/** Both formats of a state dict with one weight over the six numbers. */
const formats: [string, (tensor: SavedTensor, wrap?: (state: Picklable) => Picklable) => Uint8Array][] = [
  ['a zip', (tensor, wrap = (state) => state) => pthArchive(wrap(stateDict({ w: savedTensor(tensor) })), { 0: six })],
  [
    'the legacy format',
    (tensor, wrap = (state) => state) =>
      pthLegacy(wrap(stateDict({ w: savedTensor(tensor, true) })), { 0: { count: 6, bytes: six } }),
  ],
];

describe.each(formats)('readPth of %s', (_, fileOf) => {
  const numbersOf = async (tensor: SavedTensor): Promise<number[]> => [
    ...(await read(fileOf(tensor))).tensors.get('w')!.data,
  ];

  it('reads a tensor with its shape and type', async () => {
    const { tensors, types } = await read(fileOf(view([2, 3], [3, 1])));
    expect(Object.fromEntries(tensors)).toEqual({ w: { shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) } });
    expect(types.get('w')).toBe('F32');
  });

  it('makes views row-major: transposed, a part, repeated, a scalar, empty', async () => {
    expect(await numbersOf(view([3, 2], [1, 3]))).toEqual([0, 3, 1, 4, 2, 5]);
    expect(await numbersOf(view([2, 2], [3, 1], 1))).toEqual([1, 2, 4, 5]);
    expect(await numbersOf(view([2, 2], [0, 1]))).toEqual([0, 1, 0, 1]);
    expect(await numbersOf(view([], [], 5))).toEqual([5]);
    expect(await numbersOf(view([0, 4], [4, 1], 6))).toEqual([]);
  });

  it.each<[string, number[], number[], number]>([
    ['one number beyond', [2, 3], [3, 1], 1],
    ['a stride too large', [2, 3], [4, 1], 0],
    ['an offset behind the end', [1], [1], 6],
    ['a shape whose product overflows', [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1], [1, 1, 1], 0],
    ['strides backwards', [2], [-1], 1],
    ['fewer strides than lengths', [2, 3], [1], 0],
    ['more dimensions than PyTorch has', Array(65).fill(1), Array(65).fill(1), 0],
  ])('refuses a tensor with %s', async (__, shape, strides, offset) => {
    await expect(read(fileOf(view(shape, strides, offset)))).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('refuses a view of one number that would fill the memory', async () => {
    await expect(read(fileOf(view([2 ** 20, 2 ** 20], [0, 0])))).rejects.toThrow('unfolds to more numbers');
  });

  it.each(['state_dict', 'model'])('finds the weights of a checkpoint under "%s"', async (name) => {
    const checkpoint = (state: Picklable): Picklable => new Map<string, Picklable>([['epoch', 3], [name, state]]); // prettier-ignore
    expect([...(await read(fileOf(view([6], [1]), checkpoint))).tensors.keys()]).toEqual(['w']);
  });

  it('refuses what would run code, and whole modules, naming what they ask for', async () => {
    await expect(read(fileOf(view([6], [1]), () => called('posix.system', 'true')))).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringContaining('posix.system'),
    });
    await expect(read(fileOf(view([6], [1]), () => called('torchvision.models.vgg.VGG')))).rejects.toThrow('vgg.VGG');
  });

  it('refuses an object without tensors', async () => {
    await expect(read(fileOf(view([6], [1]), () => 5))).rejects.toMatchObject({ code: 'weights-damaged' });
  });

  it('reads or refuses damaged files, and never fails otherwise (seed 7)', async () => {
    const whole = fileOf(view([2, 3], [3, 1]));
    const file = join(temporaryFolder(), 'w.pth');
    await fc.assert(
      fc.asyncProperty(damagedCopies(whole), async (copy) => {
        writeFileSync(file, copy);
        await readPth(file).catch((error: unknown) => expect(error).toBeInstanceOf(StudioError));
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});

describe('readPth', () => {
  it.each<[string, string, Uint8Array, number]>([
    ['F16', 'Half', Uint8Array.of(0x00, 0x3e), 1.5],
    ['BF16', 'BFloat16', Uint8Array.of(0x80, 0x3f), 1],
    ['F64', 'Double', new Uint8Array(Float64Array.of(0.5).buffer), 0.5],
    ['I64', 'Long', new Uint8Array(BigInt64Array.of(-7n).buffer), -7],
    ['I32', 'Int', new Uint8Array(Int32Array.of(-7).buffer), -7],
    ['I16', 'Short', new Uint8Array(Int16Array.of(-7).buffer), -7],
    ['I8', 'Char', Uint8Array.of(0xf9), -7],
    ['U8', 'Byte', Uint8Array.of(0xf9), 249],
    ['BOOL', 'Bool', Uint8Array.of(1), 1],
  ])('reads %s', async (name, type, bytes, value) => {
    const tensor = savedTensor({ key: '7', type, count: 1, shape: [1], strides: [1] });
    const { tensors, types } = await read(pthArchive(new Map([['w', tensor]]), { 7: bytes }));
    expect([...tensors.get('w')!.data]).toEqual([value]);
    expect(types.get('w')).toBe(name);
  });

  it('takes parameters for tensors, and leaves out what is none', async () => {
    const parameter = called('torch._utils._rebuild_parameter', savedTensor(view([6], [1])), true, null);
    const { tensors } = await read(pthArchive(stateDict({ w: parameter, steps: 5 }), { 0: six }));
    expect([...tensors.keys()]).toEqual(['w']);
  });

  it('reads tensors that share a storage, in the legacy format in the order of the storages', async () => {
    const at = (key: string, offset: number): Picklable => savedTensor({ ...view([2], [1], offset), key }, true);
    const storage = { count: 6, bytes: six };
    const later = { count: 6, bytes: floats(10, 11, 12, 13, 14, 15) };
    const file = pthLegacy(stateDict({ a: at('x', 0), b: at('y', 4), c: at('x', 4) }), { y: later, x: storage });
    const { tensors } = await read(file);
    expect([...tensors].map(([, { data }]) => [...data])).toEqual([[0, 1], [14, 15], [4, 5]]); // prettier-ignore
  });

  const state = stateDict({ w: savedTensor(view([6], [1])) });
  it.each<[string, Uint8Array]>([
    ['a compressed entry', pthArchive(state, {}, { 'archive/data/0': [six, { level: 9 }] })],
    ['no entry for a storage', pthArchive(state, {})],
    ['a storage that is too short', pthArchive(state, { 0: six.subarray(0, 20) })],
    ['two pickles', pthArchive(state, { 0: six }, { 'other/data.pkl': Buffer.from('N.') })],
    ['big-endian numbers', pthArchive(state, { 0: six }, { 'archive/byteorder': Buffer.from('big') })],
    ['a legacy storage that is cut off', pthLegacy(state, { 0: { count: 6, bytes: six.subarray(0, 20) } })],
    ['a legacy storage that is too short', pthLegacy(state, { 0: { count: 5, bytes: six.subarray(0, 20) } })],
    ['a legacy storage of negative length', pthLegacy(state, { 0: { count: -1, bytes: six } })],
    ['a list of storages that lacks one', pthLegacy(state, {})],
    ['nothing', new Uint8Array()],
  ])('refuses a file with %s', async (_, file) => {
    await expect(read(file)).rejects.toMatchObject({ code: 'weights-damaged' });
  });

  it('refuses a file that is something else', async () => {
    await expect(read(Buffer.from('not a file of PyTorch'))).rejects.toBeInstanceOf(StudioError);
  });
});
