import { describe, expect, it } from 'vitest';
import { encodeNpy } from '../../../../../../../electron/engine/images/index.js';
import { labelsIn } from '../../../../../../../electron/engine/project/formats/labels/npy.js';
import { join, opcodes, Raw, type Picklable } from '../../../../../../support/pickle.js';

const dtype = (code: string): Buffer =>
  join('cnumpy\ndtype\n(', opcodes(code), 'tR(K\x03', opcodes('<'), 'NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb');
const array = (shape: readonly number[], type: Buffer, data: Buffer): Raw =>
  new Raw(join('cnumpy.core.multiarray\n_reconstruct\n)R(K\x01', opcodes(Object.freeze([...shape])), type, 0x89, data, 'tb')); // prettier-ignore
const vector = (values: readonly number[], shape: readonly number[] = [values.length]): Raw =>
  array(shape, dtype('f4'), opcodes(Buffer.from(Float32Array.from(values).buffer)));

/** A .npy file as numpy.save writes it of a dictionary. */
function npyOf(table: readonly (readonly [Picklable, Picklable])[]): Buffer {
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }\n";
  const items = join('}', ...table.flatMap(([key, value]) => [opcodes(key), opcodes(value), 's']));
  const pickle = join(array([], dtype('O8'), join(']', items, 'a')).bytes, '.');
  return join('\x93NUMPY', 1, 0, header.length, 0, header, pickle);
}
const read = (...table: (readonly [Picklable, Picklable])[]): ReturnType<typeof labelsIn> =>
  labelsIn(npyOf(table), 'cls_labels.npy');

describe('labels in a .npy file', () => {
  it('are the places of the ones; ids are text, or numbers without the underscore', () => {
    const { labels, failures } = read(
      ['2007_000032', vector([1, 0, 0, 1])],
      [2007000039, vector([0, 1, 0, 0])],
      [391895, vector([0, 0, 0, 0])],
      ['JPEGImages/x.jpg', vector([0, 0, 1, 0], [1, 4])],
    );
    expect([...labels]).toEqual([
      ['2007_000032', [0, 3]],
      ['2007_000039', [1]],
      ['391895', []],
      ['x', [2]],
    ]);
    expect(failures).toEqual([]);
  });

  it('may be names', () => {
    const names = array([2], dtype('U3'), opcodes(Buffer.from('c\0\0\0a\0\0\0t\0\0\0d\0\0\0o\0\0\0g\0\0\0', 'latin1')));
    expect([...read(['a', ['dog', 'cat']], ['b', names], ['c', new Set<string>()]).labels]).toEqual([
      ['a', ['cat', 'dog']],
      ['b', ['cat', 'dog']],
      ['c', []],
    ]);
  });

  it.each<[string, readonly [Picklable, Picklable], string, RegExp]>([
    ['another value', ['a', vector([0.5])], 'label-unknown', /entry 1: "0.5" in its vector/],
    ['a matrix', ['a', vector([1, 0, 0, 1], [2, 2])], 'label-unknown', /shape \(2, 2\)/],
    ['a list of numbers', ['a', [0, 1]], 'label-unknown', /neither a numpy vector nor/],
    ['nothing', ['a', null], 'label-unknown', /neither a numpy vector nor/],
    ['a key that is no id', [null, vector([1])], 'file-damaged', /its key/],
    ['a key that is half a number', [1.5, vector([1])], 'file-damaged', /its key/],
  ])('%s is left out, and the rest goes on', (_, entry, code, reason) => {
    const { labels, failures } = read(entry, ['b', vector([1])]);
    expect([...labels]).toEqual([['b', [0]]]);
    expect(failures).toEqual([expect.objectContaining({ code, file: 'cls_labels.npy', reason: expect.stringMatching(reason) })]); // prettier-ignore
  });

  it('must be a dictionary', () => {
    const numbers = encodeNpy({ shape: [2], data: Float32Array.of(1, 0) });
    expect(() => labelsIn(numbers, 'a.npy')).toThrow(expect.objectContaining({ code: 'file-damaged', file: 'a.npy' }));
  });

  it('run nothing', () => {
    const attack = new Raw(join('cos\nsystem\n(', opcodes('touch harm'), 'tR'));
    expect(() => read(['2007_000032', vector([1])], ['2007_000033', attack])).toThrow(/os\.system/);
  });
});
