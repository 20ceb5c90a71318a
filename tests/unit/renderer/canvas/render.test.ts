import { describe, expect, it } from 'vitest';
import { labelColours, safePalette } from '../../../../renderer/canvas/label-colours.js';
import { renderLabels, type LabelLook } from '../../../../renderer/canvas/render-labels.js';
import { toImage, toScreen } from '../../../../renderer/canvas/view-geometry.js';
import { vocPalette } from '../../../../shared/palette.js';
import { drawn } from '../../../support/label-map.js';

const look = (more: Partial<LabelLook> = {}): LabelLook => ({
  colours: [Uint32Array.from({ length: 256 }, (_, label) => label), Uint32Array.from({ length: 256 }, (_, label) => (label === 255 ? 0 : label))],
  contour: false,
  regions: null,
  ...more,
}); // prettier-ignore
const rows = (pixels: Uint32Array, width: number): number[][] =>
  Array.from({ length: pixels.length / width }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)]);
const screen = (width: number, height: number) => ({ left: 0, top: 0, right: width, bottom: height });

describe('the labels on the screen', () => {
  const map = drawn('12', '3.');

  it('are whole pixels at any zoom, and nothing beside the image', () => {
    const near = renderLabels(map, { scale: 2, x: 1, y: 0 }, screen(6, 4), look());
    expect(rows(near, 6)).toEqual([[0, 1, 1, 2, 2, 0], [0, 1, 1, 2, 2, 0], [0, 3, 3, 0, 0, 0], [0, 3, 3, 0, 0, 0]]); // prettier-ignore
    const far = renderLabels(map, { scale: 0.5, x: 0, y: 0 }, screen(2, 1), look());
    expect([...far]).toEqual([0, 0]);
  });

  it('are drawn in part as in whole', () => {
    const view = { scale: 3.3, x: -2.1, y: 1.7 };
    const whole = rows(renderLabels(map, view, screen(9, 9), look({ contour: true })), 9);
    const part = rows(renderLabels(map, view, { left: 2, top: 3, right: 7, bottom: 8 }, look({ contour: true })), 5);
    expect(part).toEqual(whole.slice(3, 8).map((row) => row.slice(2, 7)));
  });

  it('have outlines where the label changes or the image ends', () => {
    const block = drawn('.....', '.111.', '.111.', '.111.', '.....');
    const pixels = rows(renderLabels(block, { scale: 1, x: 0, y: 0 }, screen(5, 5), look({ contour: true })), 5);
    expect(pixels.map((row) => row.join(''))).toEqual(['00000', '01110', '01010', '01110', '00000']);
  });

  it('are hatched where they are to be ignored', () => {
    const ignored = { width: 16, height: 1, data: new Uint8Array(16).fill(255) };
    const pixels = [...renderLabels(ignored, { scale: 1, x: 0, y: 0 }, screen(16, 1), look())];
    expect(new Set(pixels)).toEqual(new Set([0, 255]));
    expect(pixels.filter((pixel) => pixel === 0)).toHaveLength(8);
  });
});

it('colours are those of the palette, clear for background and what is hidden', () => {
  const [full, striped] = labelColours(vocPalette(3), new Set([2]));
  expect([full[0], full[1], full[2], striped[255]]).toEqual([0, 0xff000080, 0, 0]);
  expect([full[255], full[3]]).toEqual([0xffc0e0e0, 0xff008080]);
  const safe = safePalette(17).slice(1).map(String);
  expect(new Set(safe).size).toBe(16);
});

it('places of screen and image belong together', () => {
  const view = { scale: 4, x: 10, y: -6 };
  expect(toImage(view, { x: 22, y: 14 })).toEqual({ x: 3, y: 5 });
  expect(toScreen(view, { left: 3, top: 5, right: 4, bottom: 6 })).toEqual({
    left: 21,
    top: 13,
    right: 27,
    bottom: 19,
  });
});
