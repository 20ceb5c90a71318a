import { describe, expect, it } from 'vitest';
import { overlayOutcome } from '../../../../renderer/pictures/overlay-outcome.js';
import { outcomeColours, outcomes, type Outcome } from '../../../../shared/outcomes.js';

const SIDE = 8;

/** Draws a picture of one outcome within a frame of background. */
function drawn(outcome: Outcome): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const inside = x > 0 && y > 0 && x < SIDE - 1 && y < SIDE - 1;
      const value = outcomes.indexOf(inside ? outcome : 'background');
      pixels.set([value, value, value, 255], (y * SIDE + x) * 4);
    }
  }
  overlayOutcome(pixels, SIDE, SIDE);
  return pixels;
}
const at = (pixels: Uint8ClampedArray, x: number, y: number): number[] => [
  ...pixels.subarray((y * SIDE + x) * 4, (y * SIDE + x) * 4 + 4),
];

describe('a layer of outcomes', () => {
  it.each(['missed', 'invented', 'confused', 'ignored'] as const)('has %s pixels in their colour and a texture', (outcome) => {
    const pixels = drawn(outcome);
    const inner = Array.from({ length: 36 }, (_, i) => at(pixels, 1 + (i % 6), 1 + Math.floor(i / 6)));
    expect(inner.every((pixel) => outcomeColours[outcome].every((value, channel) => pixel[channel] === value))).toBe(true);
    expect(new Set(inner.map(([, , , alpha]) => alpha)).size).toBe(2);
    expect(at(pixels, 0, 0)[3]).toBe(0);
  }); // prettier-ignore

  it('draws a thin line around what is right, and nothing inside', () => {
    const pixels = drawn('object');
    expect(at(pixels, 1, 3)[3]).toBeGreaterThan(0);
    expect(at(pixels, 3, 3)[3]).toBe(0);
  });

  it('textures differ', () => {
    const patterns = (['missed', 'invented', 'confused', 'ignored'] as const).map((outcome) =>
      drawn(outcome).filter((_, i) => i % 4 === 3).join(),
    ); // prettier-ignore
    expect(new Set(patterns).size).toBe(4);
  });
});
