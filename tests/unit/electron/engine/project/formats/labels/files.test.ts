import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelReaders, readLabelFile } from '../../../../../../../electron/engine/project/formats/labels/index.js';
import { parseJsonLabels } from '../../../../../../../electron/engine/project/formats/labels/json.js';
import { put } from '../../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../../support/folder.js';

const read = (name: string, data: string | Uint8Array): ReturnType<typeof readLabelFile> =>
  readLabelFile(put(temporaryFolder(), name, data));

/** A file of each kind with an image x of classes 0 and 2, and one without a readable line. */
const examples: Record<string, { good: string; bad: string }> = {
  '.txt': { good: 'x 0 2 ', bad: 'x cat' },
  '.csv': { good: 'id,labels\nx,0|2\n', bad: 'id,a\nx,7' },
  '.tsv': { good: 'x\t0\t2', bad: 'id\ta\nx\t7' },
  '.json': { good: '{"x": [2, 0]}', bad: '{"x": [null]}' },
};

describe('every kind of text', () => {
  it.each(Object.entries(examples))('%s is known by its ending, and read', async (ending, { good, bad }) => {
    expect(labelReaders.filter(({ accepts }) => accepts(`A${ending.toUpperCase()}`))).toHaveLength(1);
    expect(await read(`labels${ending}`, good)).toEqual({ labels: new Map([['x', [0, 2]]]), failures: [] });
    const { labels, failures } = await read(`labels${ending}`, bad);
    expect(labels.size).toBe(0);
    expect(failures).toMatchObject([{ id: 'x', code: 'label-unknown', action: 'line left out' }]);
  });

  it.each(Object.keys(examples))('%s must be text in UTF-8', async (ending) => {
    for (const bytes of [Buffer.from('h\xfcnd 1', 'latin1'), Buffer.from('\ufeffx 1', 'utf16le'), 'x\0 1']) {
      await expect(read(`labels${ending}`, bytes)).rejects.toMatchObject({ code: 'file-damaged', remedy: expect.stringContaining('UTF-8') }); // prettier-ignore
    }
    await expect(readLabelFile(`/none/labels${ending}`)).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('of another kind is refused, with the kinds there are', async () => {
    await expect(readLabelFile('labels.xlsx')).rejects.toMatchObject({ code: 'usage', remedy: expect.stringContaining('.npy') }); // prettier-ignore
  });
});

describe('tables', () => {
  it.each([
    ['tabs', 'a.csv', 'image\tlabel\nx.jpg\tcat|dog\n'],
    ['semicolons', 'a.csv', 'image;label\nx.jpg;cat|dog\n'],
    ['more cells', 'a.csv', 'x.jpg,cat,dog\n'],
    ['a column a class', 'a.csv', 'filename,bird,cat,dog\nx.jpg,0,1,1\n'],
    ['other columns', 'a.tsv', 'image_id\tsource\tlabels\nx\tweb, mostly\tdog|cat\n'],
  ])('may have %s', async (_, name, text) => {
    expect([...(await read(name, text)).labels]).toEqual([['x', ['cat', 'dog']]]);
  });

  it('with a header must tell of labels', async () => {
    await expect(read('a.csv', 'path,split\nx.jpg,val\n')).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('list a line that is repeated ten thousand times in one line', async () => {
    const { failures } = await read('a.csv', 'x,cat\n'.repeat(10_000));
    expect(failures.map(({ reason }) => reason)).toEqual(['line 2: x has labels already (and 9998 times more)']);
  });

  it('are read back as they were written', async () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]+$/).filter((name) => name !== 'id');
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z ,"']*[A-Za-z]$/);
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(id, fc.uniqueArray(name)),
        fc.constantFrom(',', ';', '\t'),
        async (table, between) => {
          const lines = Object.entries(table).map(([key, names]) => [key, cell(names.join('|'))].join(between));
          const { labels, failures } = await read('a.csv', ['id', 'labels'].join(between) + '\n' + lines.join('\n'));
          expect(Object.fromEntries(labels)).toEqual(Object.fromEntries(Object.entries(table).map(([key, names]) => [key, names.sort()]))); // prettier-ignore
          expect(failures).toEqual([]);
        },
      ),
      { numRuns: 30, seed: 6 },
    );
  });
});

describe('JSON', () => {
  const parse = (value: unknown): ReturnType<typeof parseJsonLabels> =>
    parseJsonLabels(typeof value === 'string' ? value : JSON.stringify(value), 'a.json');

  it('may give a list, a single name, or numbers', () => {
    const { labels, failures } = parse({ 'a.jpg': ['dog', ' cat '], b: 'dog', c: 4, d: [], e: ['e\u0301t'] });
    expect(failures).toEqual([]);
    expect([...labels]).toEqual([
      ['a', ['cat', 'dog']],
      ['b', ['dog']],
      ['c', [4]],
      ['d', []],
      ['e', ['ét']],
    ]);
  });

  it('keeps ids that objects of JavaScript have names for', () => {
    expect([...parse('{"__proto__": "cat", "constructor": "dog"}').labels.keys()]).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it.each([
    [{ x: [0, 1, 0, 0] }, /twice/],
    [{ x: [-1] }, /-1 is neither/],
    [{ x: [1.5] }, /1.5 is neither/],
    [{ x: [''] }, /"" is neither/],
    [{ x: { cat: 1 } }, /a list or object is neither/],
    ['{"x": ' + '['.repeat(50_000) + ']'.repeat(50_000) + '}', /a list or object/],
  ])('leaves out what is no label (%#)', (value, reason) => {
    const { labels, failures } = parse(value);
    expect(labels.size).toBe(0);
    expect(failures).toMatchObject([{ id: 'x', code: 'label-unknown', reason: expect.stringMatching(reason) }]);
  });

  it.each([['['], ['[1]'], ['null'], ['"x"'], [''], ['{"images": [], "annotations": []}']])('refuses %s', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'file-damaged', file: 'a.json' }));
  });
});
