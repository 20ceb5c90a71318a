import { describe, expect, it } from 'vitest';
import { unaryFromLabels, unaryFromProbabilities } from '../../../../../../electron/engine/masks/crf/index.js';

describe('unary energies', () => {
  it('of probabilities are clipped', () => {
    const energies = unaryFromProbabilities(Float32Array.of(1, 0.5, 0), 1e-4);
    expect([...energies].map((energy) => Math.exp(-energy))).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(0.5, 6),
      expect.closeTo(1e-4, 8),
    ]);
  });

  it('of labels share what is not sure, and say nothing about ignored pixels', () => {
    const energies = unaryFromLabels(Uint8Array.of(0, 5, 255), [0, 5, 8], 0.7);
    const expected = [0.7, 0.15, 0.15, 0.15, 0.7, 0.15, 1, 1, 1];
    energies.forEach((energy, at) => expect(Math.exp(-energy)).toBeCloseTo(expected[at], 6));
  });
});
