import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../../../../../electron/engine/learn/weights/safetensors.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

const array = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) =>
    fc
      .array(fc.float(), { minLength: product(shape), maxLength: product(shape) })
      .map((values) => ({ shape, data: Float32Array.from(values) })),
  );
const tensorMap = fc
  .uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), array), { selector: ([name]) => name, maxLength: 6 })
  .map((entries): NamedArrays => new Map(entries.filter(([name]) => name !== '__metadata__')));

const product = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);
const bits = (data: Float32Array): number[] => [...new Uint32Array(data.slice().buffer)];

/** A file with any header and data, valid or not. */
function fileOf(header: unknown, data: ArrayLike<number> = [], length?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = Buffer.alloc(8 + json.length + data.length);
  bytes.writeBigUInt64LE(length ?? BigInt(json.length));
  json.copy(bytes, 8);
  bytes.set(Uint8Array.from(data), 8 + json.length);
  return bytes;
}

const entry = (start: number, end: number, shape = [1], dtype = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: [start, end],
});
const zeros = (length: number): number[] => new Array<number>(length).fill(0);

describe('the safetensors codec', () => {
  it('gives back every tensor bit for bit, and the metadata', () => {
    fc.assert(
      fc.property(tensorMap, fc.dictionary(fc.string(), fc.string()), (tensors, metadata) => {
        const decoded = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect([...decoded.tensors.keys()].sort()).toEqual([...tensors.keys()].sort());
        for (const [name, { shape, data }] of tensors) {
          expect(decoded.tensors.get(name)!.shape).toEqual(shape);
          expect(bits(decoded.tensors.get(name)!.data)).toEqual(bits(data));
        }
        expect(decoded.metadata).toEqual({ ...metadata });
      }),
    );
  });

  it('gives the same bytes whatever the order of the tensors', () => {
    const [a, b] = [
      { shape: [2], data: Float32Array.of(1, 2) },
      { shape: [], data: Float32Array.of(3) },
    ];
    const forwards = encodeSafetensors(new Map([['a', a], ['b', b]]), { x: '1', y: '2' }); // prettier-ignore
    const backwards = encodeSafetensors(new Map([['b', b], ['a', a]]), { y: '2', x: '1' }); // prettier-ignore
    expect(forwards).toEqual(backwards);
  });

  it('starts its data at a multiple of eight bytes', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd']) {
      const bytes = encodeSafetensors(new Map([[name, { shape: [1], data: Float32Array.of(1) }]]));
      expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
    }
  });

  it.each([
    ['F16', [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c], [1, -2, 2 ** -24, Infinity]],
    ['BF16', [0x80, 0x3f, 0x00, 0xc0], [1, -2]],
    ['F64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]],
    ['I64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-1]],
    ['I32', [0xfe, 0xff, 0xff, 0xff], [-2]],
    ['U8', [0, 200], [0, 200]],
  ])('reads %s as float32', (dtype, data, values) => {
    const file = fileOf({ x: entry(0, data.length, [values.length], dtype) }, data);
    expect([...decodeSafetensors(file).tensors.get('x')!.data]).toEqual(values);
  });

  it.each<[string, Uint8Array]>([
    ['an empty file', new Uint8Array()],
    ['a file of seven bytes', new Uint8Array(7)],
    ['a header longer than the file', fileOf({}, [], 1000n)],
    ['a header length of 2^64 - 1', fileOf({}, [], 2n ** 64n - 1n)],
    ['a header that is not JSON', fileOf('{"x":')],
    ['a header that is not UTF-8', fileOf('', [0xff, 0xfe], 2n)],
    ['a header that is a list', fileOf([])],
    ['an entry without offsets', fileOf({ x: { dtype: 'F32', shape: [1] } }, zeros(4))],
    ['a negative length', fileOf({ x: entry(0, 4, [-1]) }, zeros(4))],
    ['a fraction in the shape', fileOf({ x: entry(0, 4, [0.5]) }, zeros(4))],
    ['a shape whose product overflows', fileOf({ x: entry(0, 4, [2 ** 50, 2 ** 50]) }, zeros(4))],
    ['an end past the file', fileOf({ x: entry(0, 8, [2]) }, zeros(4))],
    ['a start that is not 0', fileOf({ x: entry(4, 8) }, zeros(8))],
    ['an end before the start', fileOf({ x: entry(0, 4), y: entry(4, 0) }, zeros(4))],
    ['two tensors on the same bytes', fileOf({ x: entry(0, 4), y: entry(0, 4) }, zeros(4))],
    ['a hole between tensors', fileOf({ x: entry(0, 4), y: entry(8, 12) }, zeros(12))],
    ['bytes after the last tensor', fileOf({ x: entry(0, 4) }, zeros(5))],
    ['fewer bytes than the shape says', fileOf({ x: entry(0, 4, [2]) }, zeros(4))],
    ['an unknown number type', fileOf({ x: entry(0, 1, [1], 'F8_E5M2') }, zeros(1))],
    ['a number type named after an inherited property', fileOf({ x: entry(0, 1, [1], 'toString') }, zeros(1))],
    ['metadata that is not text', fileOf({ __metadata__: { a: 1 } })],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(
      expect.objectContaining({ code: 'weights-damaged', file: 'w.safetensors' }),
    );
  });

  it('never throws anything but weights-damaged, and never reads beyond the file', () => {
    const whole = encodeSafetensors(new Map([['weight', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }]]));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(whole.length), (at, byte, cut) => {
        const changed = whole.slice(0, cut);
        if (at < cut) changed[at] = byte;
        try {
          for (const { shape, data } of decodeSafetensors(changed).tensors.values())
            expect(data.length).toBe(product(shape));
        } catch (error) {
          expect(error).toMatchObject({ code: 'weights-damaged' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses to write a tensor under the name of the metadata', () => {
    const tensors: NamedArrays = new Map([['__metadata__', { shape: [], data: Float32Array.of(1) }]]);
    expect(() => encodeSafetensors(tensors)).toThrow('__metadata__');
  });
});
