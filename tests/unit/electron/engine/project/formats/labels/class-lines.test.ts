import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClassLines } from '../../../../../../../electron/engine/project/formats/labels/class-lines.js';

const parse = (text: string): ReturnType<typeof parseClassLines> => parseClassLines(text, 'train_cls.txt');

describe('parseClassLines', () => {
  it('passes by blanks at the end, empty lines, either line break and a missing last one', () => {
    const { labels, failures } = parse('a 0 14 \r\n\n  b\t3\t \n c 2 1 2');
    expect([...labels]).toEqual([
      ['a', [0, 14]],
      ['b', [3]],
      ['c', [1, 2]],
    ]);
    expect(failures).toEqual([]);
  });

  it('takes paths of photos for ids', () => {
    const { labels } = parse(
      'JPEGImages/2007_000032.jpg 0\n/data/VOC2012/JPEGImages/x.JPG 1\n./cat/v1.2.png 2\nwin\\y.jpg 3\n',
    );
    expect([...labels.keys()]).toEqual(['2007_000032', 'x', 'cat/v1.2', 'win/y']);
  });

  it('lists what is wrong a million times in one line, with the count, and soon', () => {
    const repeated = parse('a 1\n'.repeat(1_000_000));
    expect(repeated.labels.size).toBe(1);
    expect(repeated.failures.map(({ reason }) => reason)).toEqual([
      'line 2: a has labels already (and 999998 times more)',
    ]);
    const wrong = parse(Array.from({ length: 10_000 }, (_, i) => `${i} cat\n`).join(''));
    expect(wrong.failures).toHaveLength(101);
    expect(wrong.failures.at(-1)).toMatchObject({ code: 'label-unknown', reason: expect.stringMatching(/^9900 more .* line 101:/) }); // prettier-ignore
  });

  it('keeps an id without classes', () => {
    expect(parse('a\n').labels.get('a')).toEqual([]);
  });

  it.each([
    ['a cat', 'label-unknown', /line 1: "cat"/],
    ['x 0\na -1', 'label-unknown', /line 2: "-1"/],
    ['a 1.5', 'label-unknown', /"1\.5"/],
    ['a 0\na 1', 'id-duplicate', /line 2/],
  ])('says what is wrong with %j and goes on', (text, code, reason) => {
    const { labels, failures } = parse(`${text}\nlast 7\n`);
    expect(failures).toEqual([expect.objectContaining({ id: 'a', code, file: 'train_cls.txt' })]);
    expect(failures[0].reason).toMatch(reason);
    expect(labels.get('last')).toEqual([7]);
  });

  it('reads back whatever was written', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/);
    const classes = fc.uniqueArray(fc.nat(500)).map((list) => list.sort((a, b) => a - b));
    const blank = fc.constantFrom(' ', '  ', '\t');
    fc.assert(
      fc.property(fc.dictionary(id, classes), blank, (expected, between) => {
        const lines = Object.entries(expected).map(([name, list]) => [name, ...list].join(between) + between);
        expect(Object.fromEntries(parse(lines.join('\n')).labels)).toEqual({ ...expected });
      }),
    );
  });
});
