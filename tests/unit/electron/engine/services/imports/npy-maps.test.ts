import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { npyMaps } from '../../../../../../electron/engine/services/imports/npy-maps.js';
import type { ImageRecord } from '../../../../../../shared/project.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { join, opcodes, pickled, Raw, type Picklable } from '../../../../../support/pickle.js';

/** Files of numpy 2.4: `numpy.save` of dictionaries as PSA, IRN and CLIP-ES make them, base64. */
const written = JSON.parse(readFileSync(new URL('written-by-numpy.json', import.meta.url), 'utf8')) as Record<string, string>; // prettier-ignore

const first = [0, 0.25, 0.5, 0.75, 1, 0.125];
const second = [1, 0, 0, 0, 0, 0];

/** Maps by class of a file, which are of 3x2 pixels where not said otherwise. */
async function read(bytes: Uint8Array, classes = [3, 14]): Promise<{ maps: Map<number, number[]>; missing: number[] }> {
  const folder = temporaryFolder();
  put(folder, '2007_000032.npy', bytes);
  const image = { id: 'train/2007_000032', classes } as ImageRecord;
  const { maps, missing } = await npyMaps.read(folder, image);
  return {
    maps: new Map(maps.map(({ classIndex, map }) => [classIndex, [map.width, map.height, ...map.data]])),
    missing: missing.map(({ classIndex }) => classIndex),
  };
}
const ofNumpy = (name: string): Buffer => Buffer.from(written[name], 'base64');

describe('maps in dictionaries of numpy', () => {
  it.each(['psa', 'irn, keys of numpy', 'clip-es'])('are read: %s', async (name) => {
    const { maps, missing } = await read(ofNumpy(name));
    expect(maps.get(3)).toEqual([3, 2, ...first]);
    expect(maps.get(14)).toEqual([3, 2, ...second]);
    expect([maps.size, missing]).toEqual([2, []]);
  });

  it('are read of a size of their own, where there is no larger', async () => {
    const { maps, missing } = await read(ofNumpy('quarter size'));
    expect([maps.get(3), missing]).toEqual([[1, 1, 1], [14]]);
  });

  it('are read column by column', async () => {
    expect((await read(ofNumpy('column-major'))).maps.get(3)).toEqual([3, 2, ...first]);
  });

  it('are divided by what they reach beyond 1', async () => {
    const values = first.map((value) => Math.fround((value * 8 - 2) / 6));
    expect((await read(ofNumpy('beyond 1'))).maps.get(3)).toEqual([3, 2, ...values]);
  });

  it.each([
    ['not finite', 'file-damaged', /numbers that are none/],
    ['one array', 'file-damaged', /no dictionary/],
    ['psa, background first', 'label-unknown', /map of class 0/],
  ])('are refused: %s', async (name, code, message) => {
    await expect(read(ofNumpy(name))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('are missing where there is no file', async () => {
    const image = { id: 'a', classes: [3] } as ImageRecord;
    await expect(npyMaps.read(temporaryFolder(), image)).rejects.toMatchObject({ code: 'file-missing' });
  });
});

const tuple = (...items: Picklable[]): Picklable => Object.freeze(items);
const named = (module: string, name: string): Buffer => join(`c${module}\n${name}\n`);
const called = (module: string, name: string, ...args: Picklable[]): Raw => new Raw(join(named(module, name), opcodes(tuple(...args)), 'R')); // prettier-ignore

/** An int64 or float32 storage as PyTorch pickles it outside its own files: a whole old file as bytes. */
function storage(type: string, numbers: Uint8Array, count: number): Raw {
  const id = opcodes(tuple('storage', new Raw(named('torch', `${type}Storage`)), '94', 'cpu', count, null));
  const machine = new Map<string, Picklable>([['protocol_version', 1001], ['little_endian', true]]); // prettier-ignore
  const pickles = [0x1950a86a20f9469cfc6cn, 1001, machine, new Raw(join(id, 'Q')), ['94']].map((value) =>
    pickled(value),
  );
  const bytes = join(...pickles, new Uint8Array(BigInt64Array.of(BigInt(count)).buffer), numbers);
  return called('torch.storage', '_load_from_bytes', Uint8Array.from(bytes));
}

function tensor(type: string, numbers: Uint8Array, shape: number[], strides: number[], offset = 0): Raw {
  const hooks = called('collections', 'OrderedDict');
  const count = shape.reduce((product, size) => product * size, 1);
  return called('torch._utils', '_rebuild_tensor_v2', storage(type, numbers, count), offset, tuple(...shape), tuple(...strides), false, hooks); // prettier-ignore
}

const longs = (...values: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(values).buffer);
const array = (shape: number[], floats: number[]): Raw => {
  const dtype = new Raw(join(called('numpy', 'dtype', 'f4').bytes, opcodes(tuple(3, '<', null, null, null, -1, -1, 0)), 'b')); // prettier-ignore
  const empty = called('numpy._core.multiarray', '_reconstruct', new Raw(named('numpy', 'ndarray')), tuple(0), new Uint8Array([98])); // prettier-ignore
  const data = new Uint8Array(Float32Array.from(floats).buffer);
  return new Raw(join(empty.bytes, opcodes(tuple(1, tuple(...shape), dtype, false, data)), 'b'));
};

/** IRN's file with these class numbers: `keys` and `cam` are tensors of PyTorch, `high_res` is an array of numpy. */
function irn(keys: Raw): Uint8Array {
  const cam = tensor('Float', new Uint8Array(8), [2, 1, 1], [1, 1, 1]);
  const dictionary = new Map<string, Picklable>([['keys', keys], ['cam', cam], ['high_res', array([2, 2, 3], [...first, ...second])]]); // prettier-ignore
  const object = new Raw(join(called('numpy', 'dtype', 'O').bytes, opcodes(tuple(3, '|', null, null, null, -1, -1, 63)), 'b')); // prettier-ignore
  const empty = called('numpy._core.multiarray', '_reconstruct', new Raw(named('numpy', 'ndarray')), tuple(0), new Uint8Array([98])); // prettier-ignore
  const pickle = pickled(new Raw(join(empty.bytes, opcodes(tuple(1, tuple(), object, false, [dictionary])), 'b')));
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }".padEnd(117) + '\n';
  return join('\x93NUMPY\x01\x00', header.length, 0, header, pickle);
}

describe("IRN's maps", () => {
  it('are read with class numbers that are a tensor of PyTorch', async () => {
    const { maps } = await read(irn(tensor('Long', longs(3n, 14n), [2], [1])));
    expect(maps.get(3)).toEqual([3, 2, ...first]);
    expect(maps.get(14)).toEqual([3, 2, ...second]);
  });

  it('are read with a view of a longer tensor', async () => {
    // The first column of torch.nonzero(label).
    const { maps } = await read(irn(tensor('Long', longs(3n, 0n, 14n, 0n), [2], [2])));
    expect([...maps.keys()]).toEqual([3, 14]);
  });

  it.each([
    ['looks beyond its storage', tensor('Long', longs(3n), [2], [1]), /beyond its storage/],
    ['asks for memory without end', tensor('Long', longs(3n), [2 ** 40], [0]), /beyond its storage/],
    ['is of floats', tensor('Float', new Uint8Array(8), [2], [1]), /no list of int64/],
    ['has two dimensions', tensor('Long', longs(3n, 14n), [2, 1], [1, 1]), /no list of int64/],
    ['has negative strides', tensor('Long', longs(3n, 14n), [2], [-1]), /unknown way/],
    ['names a function', called('os', 'system', 'ls'), /os\.system/],
  ])('are refused with class numbers whose tensor %s', async (_, keys, message) => {
    await expect(read(irn(keys))).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringMatching(message),
    });
  });
});
