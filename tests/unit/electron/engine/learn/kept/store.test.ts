import { describe, expect, it } from 'vitest';
import { fromHalves, toHalves } from '../../../../../../electron/engine/learn/kept/half.js';
import { keptNumbers } from '../../../../../../electron/engine/learn/kept/store.js';
import { temporaryFolder } from '../../../../../support/folder.js';

/** So many numbers of an image, none of which float16 has. */
const numbers = (image: number): Float32Array => Float32Array.from({ length: 8 }, (_, i) => Math.sqrt(2 + image + i));
const asHalves = (values: Float32Array): Float32Array => fromHalves(toHalves(values)!);
const [FLOATS, HALVES] = [32, 16];

describe('kept numbers', () => {
  it('are exact where all of them fit into memory', () => {
    const kept = keptNumbers(3 * FLOATS, { memory: 3 * FLOATS, disk: 0, folder: temporaryFolder() });
    for (const i of [0, 1, 2]) expect(kept.put(`${i}`, numbers(i))).toEqual(numbers(i));
    for (const i of [0, 1, 2]) expect(kept.get(`${i}`)).toEqual(numbers(i));
    kept.dispose();
  });

  it('are float16 where they do not, from the first time on: in memory, on disk, and computed again', () => {
    const bounds = { memory: 2 * HALVES, disk: HALVES, folder: temporaryFolder() };
    const kept = keptNumbers(4 * FLOATS, bounds);
    for (const i of [0, 1, 2, 3]) expect(kept.put(`${i}`, numbers(i))).toEqual(asHalves(numbers(i)));
    expect([0, 1, 2, 3].map((i) => kept.has(`${i}`))).toEqual([true, true, true, false]);
    for (const i of [0, 1, 2]) expect(kept.get(`${i}`)).toEqual(asHalves(numbers(i)));
    kept.dispose();
  });

  it('are not kept where one is not finite', () => {
    const kept = keptNumbers(2 * FLOATS, { memory: FLOATS, disk: FLOATS, folder: temporaryFolder() });
    const broken = numbers(0).fill(NaN, 3, 4);
    expect(kept.put('0', broken)).toBe(broken);
    expect(kept.has('0')).toBe(false);
    kept.dispose();
  });
});
