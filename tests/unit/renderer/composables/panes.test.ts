import { describe, expect, it } from 'vitest';
import { gridStep } from '../../../../renderer/composables/grid-step.js';
import { fileContents, shownPanes, type PaneContent } from '../../../../renderer/composables/pane-contents.js';
import { labelPixels } from '../../../../renderer/pictures/label-pixels.js';
import { vocPalette } from '../../../../shared/palette.js';

const content = (key: string): PaneContent => ({ key, text: 'maps', set: key, kind: 'heat', url: key });
const keys = (contents: PaneContent[]): string[] => contents.map(({ key }) => key);

describe('panes', () => {
  it('show what they were told to, and something else where that is gone', () => {
    const contents = ['photo', 'a', 'b', 'c'].map(content);
    expect(keys(shownPanes(['b', 'photo'], contents))).toEqual(['b', 'photo']);
    expect(keys(shownPanes(['gone', 'photo', 'gone too'], contents))).toEqual(['a', 'photo', 'b']);
    expect(keys(shownPanes(['1', '2', '3', '4', '5'], contents))).toEqual(['photo', 'a', 'b', 'c']);
    expect(keys(shownPanes(['photo', 'gone'], [content('photo')]))).toEqual(['photo']);
  });
  it('can show the maps of the class only, and every other file', () => {
    const file = (kind: 'maps' | 'saliency' | 'masks' | 'predictions' | 'run', classIndex?: number) => ({ kind, name: 'x', version: '1', classIndex }); // prettier-ignore
    const image = { id: 'i', hasTruth: true, files: [file('predictions'), file('masks'), file('maps', 0), file('maps', 1), file('saliency'), file('run')] }; // prettier-ignore
    expect(keys(fileContents('p', image, 1))).toEqual(['maps x', 'saliency x', 'masks x', 'predictions x', 'truth']);
    expect(fileContents('p', image, 1)[0].url).toContain('/maps/x/1');
    expect(fileContents('p', image, 1)[3]).toMatchObject({ kind: 'labels', url: expect.stringContaining('/predictions/x') }); // prettier-ignore
  });
});

describe('a grid by keys', () => {
  it('moves by places and rows, and stays within', () => {
    expect(gridStep('ArrowRight', 0, 5, 2)).toBe(1);
    expect(gridStep('ArrowDown', 2, 5, 2)).toBe(4);
    expect(gridStep('ArrowDown', 3, 5, 2)).toBeNull();
    expect(gridStep('ArrowLeft', 0, 5, 2)).toBeNull();
    expect(gridStep('End', 0, 5, 2)).toBe(4);
    expect(gridStep('x', 0, 5, 2)).toBeNull();
  });
});

describe('a label map over its photo', () => {
  it('has the colours of its labels, a clear background and stripes for ignore', () => {
    const palette = vocPalette(3);
    const pixels = labelPixels({ width: 8, height: 1, data: Uint8Array.from([0, 1, 2, 255, 255, 255, 255, 255]) }, palette); // prettier-ignore
    expect(pixels[3]).toBe(0);
    expect([...pixels.slice(4, 8)]).toEqual([128, 0, 0, 255]);
    expect([...pixels.slice(8, 12)]).toEqual([0, 128, 0, 255]);
    const alphas = Array.from({ length: 5 }, (_, i) => pixels[(3 + i) * 4 + 3]);
    expect(new Set(alphas)).toEqual(new Set([0, 255]));
  });
});
