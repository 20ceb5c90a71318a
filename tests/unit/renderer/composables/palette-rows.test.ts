import { describe, expect, it } from 'vitest';
import { digitLabels, paletteRows } from '../../../../renderer/composables/palette-rows.js';

const names = ['cat', 'dog', 'cow', 'catfish'];

describe('the palette of classes', () => {
  const rows = (classes: number[], search = '', counts: number[] | null = null) => paletteRows({ names, classes, counts, search }); // prettier-ignore

  it('has the classes of the image first, by the digits that take them up, then the others, background and ignore', () => {
    expect(rows([2, 0]).map(({ label, digit, own }) => [label, digit, own])).toEqual([
      [3, '1', true],
      [1, '2', true],
      [2, null, false],
      [4, null, false],
      [0, '0', true],
      [255, '`', true],
    ]);
  });

  it('is narrowed by a part of a name, but never loses background and ignore', () => {
    expect(rows([1], ' CAT').map(({ label }) => label)).toEqual([1, 4, 0, 255]);
  });

  it('has the shares of the pixels once they are counted', () => {
    const counts = Array<number>(256).fill(0);
    [counts[0], counts[2]] = [75, 25];
    expect(rows([1], '', counts).map(({ share }) => share)).toEqual([0.25, 0, 0, 0, 0.75, 0]);
    expect(rows([1])[0].share).toBeNull();
  });

  it('gives an image without labels the first nine classes', () => {
    expect(digitLabels([], 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(digitLabels([5, 3], 12)).toEqual([6, 4]);
  });
});
