import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { elements, numpyGlobals, onlyItem, PickledArray, readNpy } from '../../../../../../electron/engine/data/numpy/index.js'; // prettier-ignore
import { readPickle } from '../../../../../../electron/engine/data/pickle/index.js';
import { join, opcodes } from '../../../../../support/pickle.js';
import fixtures from './written-by-numpy.json' with { type: 'json' };

const base64 = (text: string): Buffer => Buffer.from(text, 'base64');
const npy = (name: Exclude<keyof typeof fixtures, 'pickles' | 'comment'>): ReturnType<typeof readNpy> =>
  readNpy(base64(fixtures[name]), 'a.npy');

/** A file of version 1.0 with any header. */
function fileOf(header: string, data: Uint8Array | string = '', length = header.length): Buffer {
  return join('\x93NUMPY', 1, 0, length & 255, length >> 8, header, data);
}
const headerOf = (descriptor: string, shape: string, more = ''): string =>
  `{'descr': ${descriptor}, 'fortran_order': False, 'shape': ${shape}, ${more}}\n`;

/** Arrays inside of a value as their shape and elements. */
const plain = (value: unknown): unknown => (value instanceof PickledArray ? [value.array!.shape, elements(value.array!)] : value); // prettier-ignore
const tableOf = (value: unknown): unknown[] => [...(value as Map<unknown, unknown>)].map(([key, item]) => [key, plain(item)]); // prettier-ignore

const DICTIONARY = [
  ['2007_000032', [[4], [1, 0, 0, 0]]],
  [2007000039, [[2], [0, 1]]],
  ['scalar', 1.5],
  ['text', 'é'],
  ['yes', true],
  ['columns', [[2, 3], [0, 1, 2, 3, 4, 5]]], // prettier-ignore
  ['names', [[2], ['cat', 'hündin']]],
];

describe('numpy in pickles', () => {
  it.each(Object.entries(fixtures.pickles))('arrays, scalars and types of protocol %s', (_, text) => {
    expect(tableOf(readPickle(base64(text), { globals: numpyGlobals }).value)).toEqual(DICTIONARY);
  });

  const dtype = (code: string, order = '<'): Buffer =>
    join('cnumpy\ndtype\n(', opcodes(code), 'tR(K\x03', opcodes(order), 'NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb');
  const array = (shape: readonly number[], type: Buffer, data: Buffer): Buffer =>
    join('cnumpy.core.multiarray\n_reconstruct\n)R(K\x01', opcodes(Object.freeze([...shape])), type, 0x89, data, 'tb');
  const refusal = (bytes: Uint8Array): string => {
    try {
      readPickle(join(bytes, '.'), { globals: numpyGlobals });
    } catch (error) {
      return (error as StudioError).message;
    }
    return 'it was read';
  };

  it('takes bytes that Python 2 wrote as str', () => {
    const bytes = join(array([2], dtype('i2', '>'), join('U', 4, 0, 1, 1, 0)), '.');
    expect(plain(readPickle(bytes, { globals: numpyGlobals }).value)).toEqual([[2], [1, 256]]);
  });

  it.each([
    ['too few bytes', array([3], dtype('f4'), opcodes(Buffer.alloc(8))), /has not the data/],
    ['a shape beyond number', array([2 ** 50, 2 ** 50], dtype('f4'), opcodes(Buffer.alloc(8))), /has not the data/],
    ['a negative shape', array([-1], dtype('f4'), opcodes(Buffer.alloc(4))), /shape of an array/],
    ['a shape of nothing', array([2 ** 50], dtype('U0'), opcodes(Buffer.alloc(0))), /"U0" is not read/],
    ['bytes for objects', array([1], dtype('O8', '|'), opcodes(Buffer.alloc(8))), /has not the data/],
    ['a type that is none', array([1], opcodes('f4'), opcodes(Buffer.alloc(4))), /no type/],
    ['a type with fields', join('cnumpy\ndtype\n(', opcodes('V8'), 'tR'), /"V8" is not read/],
    ['a scalar of the wrong size', join('cnumpy.core.multiarray\nscalar\n(', dtype('f4'), opcodes(Buffer.alloc(8)), 'tR'), /has not the bytes/], // prettier-ignore
    ['one text made a scalar thousands of times', join(opcodes(Buffer.alloc(50_000)), 'q\x00', dtype('S50000'), 'q\x010cnumpy.core.multiarray\nscalar\nq\x02', ...new Array(2000).fill('h\x02(h\x01h\x00tR')), /memory/], // prettier-ignore
  ])('%s is refused', (_, bytes, reason) => {
    expect(refusal(bytes)).toMatch(reason);
  });
});

describe('readNpy', () => {
  it('reads a dictionary as numpy.save writes it', () => {
    expect(tableOf(onlyItem(npy('dictionary')))).toEqual(DICTIONARY);
  });

  it('reads types, orders and versions of the format', () => {
    expect(elements(npy('text'))).toEqual(['a', 'bé', '', 'c']);
    expect(elements(npy('bytes'))).toEqual(['ab', 'ÿ']);
    expect(elements(npy('scalar'))).toEqual([7]);
    expect(elements(npy('big'))).toEqual([2n ** 63n, 1]);
    expect(elements(npy('objects'))).toEqual(['a', null, 1, [2]]);
    expect(elements(npy('columns'))).toEqual(Array.from({ length: 24 }, (_, i) => i));
    expect(npy('columns').shape).toEqual([2, 3, 4]);
    for (const version of ['version2', 'version3'] as const) expect(elements(npy(version))).toEqual([0, 1, 2]);
  });

  it('reads half precision', () => {
    expect(npy('half')).toMatchObject({ shape: [2], type: { code: 'f2', bytes: 2 } });
    // 1, -2, the smallest and the largest number, a third, infinity, and none.
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 1, 0x7bff, 0x3555, 0x7c00, 0x7e00).buffer);
    const numbers = elements(readNpy(fileOf(headerOf("'<f2'", '(7,)'), halves)));
    expect(numbers).toEqual([1, -2, 2 ** -24, 65504, 1365 / 4096, Infinity, NaN]);
  });

  it.each([
    ['no signature', Buffer.from('PK\x03\x04 and so on'), /signature/],
    ['another version', join('\x93NUMPY', 4, 0, 0, 0, 0, 0), /version 4/],
    ['a header beyond the end', fileOf('{}', '', 500), /ends within/],
    ['a header of a megabyte', join('\x93NUMPY', 2, 0, 0, 0, 16, 0, Buffer.alloc(2 ** 20, ' ')), /1048576 bytes/],
    ['code for a header', fileOf("__import__('os').system('ls')"), /literal/],
    ['a deep header', fileOf('('.repeat(60_000)), /literal/],
    ['a header that is no dictionary', fileOf('(1, 2)'), /too little/],
    ['half a header', fileOf("{'descr': '<f4'}"), /too little/],
    ['a field twice', fileOf(headerOf("'<f4'", '(1,)', "'shape': (2,)"), Buffer.alloc(4)), /literal/],
    ['too much data', fileOf(headerOf("'<f4'", '(1,)'), Buffer.alloc(5)), /has not the data/],
    ['a shape of text', fileOf(headerOf("'<f4'", "('1',)"), Buffer.alloc(4)), /shape/],
    ['a shape that is a number', fileOf(headerOf("'<f4'", '(1)'), Buffer.alloc(4)), /shape/],
    ['objects that are no array', fileOf(headerOf("'|O'", '()'), join('N.')), /has not the data/],
    ['objects of an array without contents', fileOf(headerOf("'|O'", '()'), join('cnumpy.core.multiarray\n_reconstruct\n)R.')), /has not the data/], // prettier-ignore
    ['objects that would run something', fileOf(headerOf("'|O'", '()'), join('cos\nsystem\n(', opcodes('ls'), 'tR.')), /os\.system/], // prettier-ignore
    ['a structured type', base64(fixtures.structured), /structured/],
    ['complex numbers', fileOf(headerOf("'<c8'", '(1,)'), Buffer.alloc(8)), /<c8 is not read/],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => readNpy(bytes, 'a.npy')).toThrow(expect.objectContaining({ code: 'file-damaged', file: 'a.npy' }));
    expect(() => readNpy(bytes)).toThrow(reason);
  });

  it('refuses a file wherever it is cut off, and never fails in another way', () => {
    const survives = (bytes: Uint8Array): void => {
      try {
        elements(readNpy(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(StudioError);
      }
    };
    for (const whole of [base64(fixtures.dictionary), base64(fixtures.columns)]) {
      for (let length = 0; length < whole.length; length++) expect(() => readNpy(whole.subarray(0, length))).toThrow(StudioError); // prettier-ignore
      const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
      const flipped = flips.map((list) => list.reduce((bytes, [at, value]) => (bytes.writeUInt8(value, at), bytes), Buffer.from(whole))); // prettier-ignore
      fc.assert(fc.property(flipped, survives), { numRuns: 1000, seed: 4 });
    }
  });
});
