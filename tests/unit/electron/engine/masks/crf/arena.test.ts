import { describe, expect, it } from 'vitest';
import { Arena } from '../../../../../../electron/engine/masks/crf/arena.js';

describe('memory for WebAssembly', () => {
  it('is zero, holds what it is given and keeps it while it grows', () => {
    const arena = new Arena();
    const zeros = arena.take(5);
    const held = arena.hold(Float32Array.of(1, 2, 3));
    const more = arena.take(200_000);
    expect([zeros % 16, held % 16, more % 16]).toEqual([0, 0, 0]);
    expect([...arena.floats(zeros, 8), ...arena.floats(held, 4)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0]);
    expect(arena.floats(more, 200_000).every((value) => value === 0)).toBe(true);
  });

  it('says that the photo is too large where 4 GB are not enough', () => {
    const arena = new Arena();
    arena.take(1000);
    expect(() => arena.take(2 ** 30)).toThrow(
      expect.objectContaining({ code: 'size-mismatch', message: expect.stringMatching(/at least 4\.0 GB/) }),
    );
  });
});
