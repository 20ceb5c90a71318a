import { describe, expect, it } from 'vitest';
import { parseYoloLabels } from '../../../../../../../electron/engine/project/formats/yolo/label-lines.js';

const parse = (text: string): ReturnType<typeof parseYoloLabels> => parseYoloLabels(text, 'x.txt');

describe('parseYoloLabels', () => {
  it('tells outlines from boxes', () => {
    const { objects, failures } = parse('3 0.1 0.2 0.3 0.4 0.5 0.6\r\n\n0 .5 .5 .2 .2 \n1 .5 .5 1 1 .93');
    expect(objects).toEqual([
      { classIndex: 3, polygon: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] },
      { classIndex: 0, box: [0.5, 0.5, 0.2, 0.2] },
      { classIndex: 1, box: [0.5, 0.5, 1, 1] },
    ]);
    expect(failures).toEqual([]);
  });

  it('takes what lies outside by a hair', () => {
    expect(parse('0 -0.001 0 1.005 0 1 1').failures).toEqual([]);
  });

  it.each([
    ['a name for a class', 'cat 0 0 1 0 1 1', /"cat" is not a class number/],
    ['a negative class', '-1 0 0 1 0 1 1', /"-1" is not/],
    ['an odd number of coordinates', '0 0 0 1 0 1 1 0', /odd number of coordinates \(7\)/],
    ['too few numbers', '0 0.5 0.5', /2 numbers/],
    ['pixels', '0 12 30 44 30 44 80', /12 is not a share/],
    ['NaN', '0 0 0 1 0 nan 1', /NaN is not a share/],
  ])('lists a line with %s and reads the rest', (_, line, reason) => {
    const { objects, failures } = parse(`${line}\n0 0 0 1 0 1 1\n`);
    expect(objects).toHaveLength(1);
    expect(failures).toEqual([
      expect.objectContaining({ file: 'x.txt', code: 'file-damaged', reason: expect.stringMatching(reason) }),
    ]);
    expect(failures[0].reason).toMatch(/^line 1: /);
  });
});
