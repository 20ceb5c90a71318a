import { describe, expect, it } from 'vitest';
import { overlayHeat, overlayLabels } from '../../../../renderer/pictures/recolour.js';
import { heatAt, labelAt } from '../../../../renderer/pictures/read-layer.js';
import { vocPalette } from '../../../../shared/palette.js';
import { isZero } from '../../../../renderer/pictures/layer-canvas.js';

const palette = vocPalette(21);
const drawn = (...labels: number[]): Uint8ClampedArray =>
  new Uint8ClampedArray(labels.flatMap((label) => [...vocPalette()[label], 255]));

describe('a label map over its photo', () => {
  it('is clear where the background is and leaves every class as it is', () => {
    const pixels = drawn(0, 1, 20);
    overlayLabels(pixels, 3);
    expect([...pixels]).toEqual([0, 0, 0, 0, 128, 0, 0, 255, 0, 64, 128, 255]);
  });

  it('has stripes where pixels are ignored', () => {
    const pixels = drawn(...Array<number>(12).fill(255));
    overlayLabels(pixels, 12);
    const alphas = Array.from({ length: 12 }, (_, i) => pixels[i * 4 + 3]);
    expect(alphas).toEqual([255, 255, 255, 0, 0, 0, 255, 255, 255, 0, 0, 0]);
  });

  it('tells the label under a pixel of a photo twice as large', () => {
    const layer = { width: 2, height: 1, data: new Uint8ClampedArray([...drawn(3, 255)]) };
    const photo = { width: 4, height: 2 };
    expect(labelAt(layer, { x: 1, y: 1 }, photo, palette)).toBe(3);
    expect(labelAt(layer, { x: 2, y: 0 }, photo, palette)).toBe(255);
    layer.data[0] = 7;
    expect(labelAt(layer, { x: 0, y: 0 }, photo, palette)).toBeNull();
  });
});

describe('a map of heat', () => {
  it('goes from clear to the bright end of viridis', () => {
    const pixels = new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255]);
    overlayHeat(pixels);
    expect([...pixels]).toEqual([68, 1, 84, 0, 253, 231, 37, 255]);
  });

  it('tells its value', () => {
    const layer = { width: 1, height: 1, data: new Uint8ClampedArray([51, 51, 51, 255]) };
    expect(heatAt(layer, { x: 5, y: 5 }, { width: 10, height: 10 })).toBeCloseTo(0.2);
  });
});

it('a map is zero where no pixel has a value, whatever its alpha', () => {
  const map = (...values: number[]) => ({ width: values.length, height: 1, data: Uint8ClampedArray.from(values.flatMap((v) => [v, v, v, 255])) }); // prettier-ignore
  expect([map(0, 0, 0), map(0, 0, 1), map()].map(isZero)).toEqual([true, false, true]);
});
