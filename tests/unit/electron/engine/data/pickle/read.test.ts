import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Buildable,
  globalsOf,
  PickleGlobal,
  pythonGlobals,
  readPickle,
} from '../../../../../../electron/engine/data/pickle/index.js';
import { join, opcodes, pickled, type Picklable } from '../../../../../support/pickle.js';

const read = (bytes: Uint8Array): unknown => readPickle(bytes, { globals: pythonGlobals }).value;

/** What Python 3.11 wrote for one value with everything in it, by protocol. */
const FROM_PYTHON = [
  'KGRwMApWdGV4dApwMQpWR3L832UgXHU2ZjIyIFxVMDAwMWY0MDhcdTAwMGEnIgpwMgpzVmJ5dGVzCnAzCmNfY29kZWNzCmVuY29kZQpwNAooVlx1MDAwMP9cdTAwMGEKcDUKVmxhdGluMQpwNgp0cDcKUnA4CnNWZW1wdHkKcDkKY19fYnVpbHRpbl9fCmJ5dGVzCnAxMAoodFJwMTEKc1ZpbnRzCnAxMgoobHAxMwpJMAphSTEKYUkyNTUKYUkyNTYKYUk2NTUzNQphSS0xCmFJMjE0NzQ4MzY0NwphSS0yMTQ3NDgzNjQ4CmFMOTAwNzE5OTI1NDc0MDk5MUwKYUwxMTgwNTkxNjIwNzE3NDExMzAzNDI0TAphTC0xMTgwNTkxNjIwNzE3NDExMzAzNDI0TAphc1ZmbG9hdHMKcDE0CihscDE1CkYwLjUKYUYtMWUrMzAwCmFGaW5mCmFzVnR1cGxlcwpwMTYKKCh0KEkxCnRwMTcKKEkxCkkyCnRwMTgKKEkxCkkyCkkzCnRwMTkKKEkxCkkyCkkzCkk0CnRwMjAKdHAyMQpzVm5vbmUKcDIyCk5zVmJvb2xzCnAyMwoobHAyNApJMDEKYUkwMAphc1ZzZXQKcDI1CmNfX2J1aWx0aW5fXwpzZXQKcDI2CigobHAyNwpJNwphdHAyOApScDI5CnNWZnJvemVuCnAzMApjX19idWlsdGluX18KZnJvemVuc2V0CnAzMQooKGxwMzIKSTgKYXRwMzMKUnAzNApzVm9yZGVyZWQKcDM1CmNjb2xsZWN0aW9ucwpPcmRlcmVkRGljdApwMzYKKHRScDM3ClZiCnAzOApJMQpzVmEKcDM5CkkyCnNzSTUKVmZpdmUKcDQwCnNWYWdhaW4KcDQxCmcxMwpzLg==',
  'fXEAKFgEAAAAdGV4dHEBWBMAAABHcsO8w59lIOa8oiDwn5CICicicQJYBQAAAGJ5dGVzcQNjX2NvZGVjcwplbmNvZGUKcQQoWAQAAAAAw78KcQVYBgAAAGxhdGluMXEGdHEHUnEIWAUAAABlbXB0eXEJY19fYnVpbHRpbl9fCmJ5dGVzCnEKKVJxC1gEAAAAaW50c3EMXXENKEsASwFL/00AAU3//0r/////Sv///39KAAAAgEw5MDA3MTk5MjU0NzQwOTkxTApMMTE4MDU5MTYyMDcxNzQxMTMwMzQyNEwKTC0xMTgwNTkxNjIwNzE3NDExMzAzNDI0TAplWAYAAABmbG9hdHNxDl1xDyhHP+AAAAAAAABH/jfkPIgAdZxHf/AAAAAAAABlWAYAAAB0dXBsZXNxECgpKEsBdHERKEsBSwJ0cRIoSwFLAksDdHETKEsBSwJLA0sEdHEUdHEVWAQAAABub25lcRZOWAUAAABib29sc3EXXXEYKEkwMQpJMDAKZVgDAAAAc2V0cRljX19idWlsdGluX18Kc2V0CnEaKF1xG0sHYXRxHFJxHVgGAAAAZnJvemVucR5jX19idWlsdGluX18KZnJvemVuc2V0CnEfKF1xIEsIYXRxIVJxIlgHAAAAb3JkZXJlZHEjY2NvbGxlY3Rpb25zCk9yZGVyZWREaWN0CnEkKVJxJShYAQAAAGJxJksBWAEAAABhcSdLAnVLBVgEAAAAZml2ZXEoWAUAAABhZ2FpbnEpaA11Lg==',
  'gAJ9cQAoWAQAAAB0ZXh0cQFYEwAAAEdyw7zDn2Ug5ryiIPCfkIgKJyJxAlgFAAAAYnl0ZXNxA2NfY29kZWNzCmVuY29kZQpxBFgEAAAAAMO/CnEFWAYAAABsYXRpbjFxBoZxB1JxCFgFAAAAZW1wdHlxCWNfX2J1aWx0aW5fXwpieXRlcwpxCilScQtYBAAAAGludHNxDF1xDShLAEsBS/9NAAFN//9K/////0r///9/SgAAAICKB////////x+KCQAAAAAAAAAAQIoJAAAAAAAAAADAZVgGAAAAZmxvYXRzcQ5dcQ8oRz/gAAAAAAAAR/435DyIAHWcR3/wAAAAAAAAZVgGAAAAdHVwbGVzcRAoKUsBhXERSwFLAoZxEksBSwJLA4dxEyhLAUsCSwNLBHRxFHRxFVgEAAAAbm9uZXEWTlgFAAAAYm9vbHNxF11xGCiIiWVYAwAAAHNldHEZY19fYnVpbHRpbl9fCnNldApxGl1xG0sHYYVxHFJxHVgGAAAAZnJvemVucR5jX19idWlsdGluX18KZnJvemVuc2V0CnEfXXEgSwhhhXEhUnEiWAcAAABvcmRlcmVkcSNjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcSQpUnElKFgBAAAAYnEmSwFYAQAAAGFxJ0sCdUsFWAQAAABmaXZlcShYBQAAAGFnYWlucSloDXUu',
  'gAN9cQAoWAQAAAB0ZXh0cQFYEwAAAEdyw7zDn2Ug5ryiIPCfkIgKJyJxAlgFAAAAYnl0ZXNxA0MDAP8KcQRYBQAAAGVtcHR5cQVDAHEGWAQAAABpbnRzcQddcQgoSwBLAUv/TQABTf//Sv////9K////f0oAAACAigf///////8figkAAAAAAAAAAECKCQAAAAAAAAAAwGVYBgAAAGZsb2F0c3EJXXEKKEc/4AAAAAAAAEf+N+Q8iAB1nEd/8AAAAAAAAGVYBgAAAHR1cGxlc3ELKClLAYVxDEsBSwKGcQ1LAUsCSwOHcQ4oSwFLAksDSwR0cQ90cRBYBAAAAG5vbmVxEU5YBQAAAGJvb2xzcRJdcRMoiIllWAMAAABzZXRxFGNidWlsdGlucwpzZXQKcRVdcRZLB2GFcRdScRhYBgAAAGZyb3plbnEZY2J1aWx0aW5zCmZyb3plbnNldApxGl1xG0sIYYVxHFJxHVgHAAAAb3JkZXJlZHEeY2NvbGxlY3Rpb25zCk9yZGVyZWREaWN0CnEfKVJxIChYAQAAAGJxIUsBWAEAAABhcSJLAnVLBVgEAAAAZml2ZXEjWAUAAABhZ2FpbnEkaAh1Lg==',
  'gASVTgEAAAAAAAB9lCiMBHRleHSUjBNHcsO8w59lIOa8oiDwn5CICicilIwFYnl0ZXOUQwMA/wqUjAVlbXB0eZRDAJSMBGludHOUXZQoSwBLAUv/TQABTf//Sv////9K////f0oAAACAigf///////8figkAAAAAAAAAAECKCQAAAAAAAAAAwGWMBmZsb2F0c5RdlChHP+AAAAAAAABH/jfkPIgAdZxHf/AAAAAAAABljAZ0dXBsZXOUKClLAYWUSwFLAoaUSwFLAksDh5QoSwFLAksDSwR0lHSUjARub25llE6MBWJvb2xzlF2UKIiJZYwDc2V0lI+UKEsHkIwGZnJvemVulChLCJGUjAdvcmRlcmVklIwLY29sbGVjdGlvbnOUjAtPcmRlcmVkRGljdJSTlClSlCiMAWKUSwGMAWGUSwJ1SwWMBGZpdmWUjAVhZ2FpbpRoCHUu',
  'gAWVTgEAAAAAAAB9lCiMBHRleHSUjBNHcsO8w59lIOa8oiDwn5CICicilIwFYnl0ZXOUQwMA/wqUjAVlbXB0eZRDAJSMBGludHOUXZQoSwBLAUv/TQABTf//Sv////9K////f0oAAACAigf///////8figkAAAAAAAAAAECKCQAAAAAAAAAAwGWMBmZsb2F0c5RdlChHP+AAAAAAAABH/jfkPIgAdZxHf/AAAAAAAABljAZ0dXBsZXOUKClLAYWUSwFLAoaUSwFLAksDh5QoSwFLAksDSwR0lHSUjARub25llE6MBWJvb2xzlF2UKIiJZYwDc2V0lI+UKEsHkIwGZnJvemVulChLCJGUjAdvcmRlcmVklIwLY29sbGVjdGlvbnOUjAtPcmRlcmVkRGljdJSTlClSlCiMAWKUSwGMAWGUSwJ1SwWMBGZpdmWUjAVhZ2FpbpRoCHUu',
].map((text) => Buffer.from(text, 'base64'));

const PROTOCOLS = [0, 1, 2, 3, 4, 5];

const values: fc.Arbitrary<Picklable> = fc.letrec<{ any: Picklable }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 200n }).chain((big) => fc.constantFrom(big, -big)),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.array(tie('any'), { maxLength: 5 }).map((items) => Object.freeze(items)),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 5 }).map((table) => new Map(Object.entries(table))),
    fc.array(fc.integer(), { maxLength: 5 }).map((items) => new Set(items)),
  ),
})).any;

describe('readPickle', () => {
  it.each(PROTOCOLS)('reads what Python wrote, protocol %i', (protocol) => {
    const value = read(FROM_PYTHON[protocol]) as Map<unknown, any>;
    const ints = [0, 1, 255, 256, 65535, -1, 2 ** 31 - 1, -(2 ** 31), Number.MAX_SAFE_INTEGER, 2n ** 70n, -(2n ** 70n)];
    expect([...value]).toEqual([
      ['text', 'Grüße 漢 🐈\n\'"'],
      ['bytes', Uint8Array.of(0, 255, 10)],
      ['empty', new Uint8Array()],
      ['ints', ints],
      ['floats', [0.5, -1e300, Infinity]],
      ['tuples', [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]],
      ['none', null],
      ['bools', [true, false]],
      ['set', new Set([7])],
      ['frozen', new Set([8])],
      ['ordered', new Map([['b', 1], ['a', 2]])], // prettier-ignore
      [5, 'five'],
      ['again', ints],
    ]);
    expect(value.get('again')).toBe(value.get('ints'));
    expect([...value.get('ordered').keys()]).toEqual(['b', 'a']);
    expect(Object.isFrozen(value.get('tuples'))).toBe(true);
    expect(Object.isFrozen(value.get('ints'))).toBe(false);
  });

  it.each(PROTOCOLS)('gives back whatever was written, protocol %i', (protocol) => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = pickled(value, protocol);
        const { value: back, length } = readPickle(join(bytes, 'more'), { globals: pythonGlobals });
        expect(back).toEqual(value);
        expect(length).toBe(bytes.length);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('takes the str of Python 2 for Latin-1, so that no byte is lost', () => {
    expect(read(join("S'a\\xff\\\\\\n\\'\\t\\101'\n."))).toBe("a\xff\\\n'\tA");
    expect(read(join('U', 2, 'a\xff', '.'))).toBe('a\xff');
    expect(read(join('T', 2, 0, 0, 0, 'a\xff', '.'))).toBe('a\xff');
  });

  it('holds the loops that Python can hold', () => {
    const list = read(join(']q\0h\0a.')) as unknown[];
    expect(list[0]).toBe(list);
  });

  it('passes by attributes of an OrderedDict, as PyTorch gives it', () => {
    const bytes = join('ccollections\nOrderedDict\n)R', opcodes('a'), opcodes(1), 's}', opcodes('_metadata'), 'Nsb.');
    expect(read(bytes)).toEqual(new Map([['a', 1]]));
  });

  it('makes objects of the globals the caller allows, and of persistent ids', () => {
    class Box extends Buildable {
      state: unknown;
      setState(state: unknown): void {
        this.state = state;
      }
    }
    const globals = globalsOf(new PickleGlobal('shop.Box', () => new Box()), new PickleGlobal('shop.Colour'));
    const bytes = join('cshop\nBox\n)', 0x81, '(cshop\nColour\n', opcodes(7), 'Qtb.');
    const box = readPickle(bytes, { globals, persistent: (id) => `data ${id}` }).value as Box;
    expect(box.state).toEqual([globals.get('shop.Colour'), 'data 7']);
    expect(() => readPickle(join('cshop\nColour\n)R.'), { globals })).toThrow(/calls shop\.Colour/);
  });
});
