import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundObjects } from '../../../../../electron/engine/evaluate/objects.js';
import { labelComponents } from '../../../../../electron/engine/images/regions/index.js';
import { labelPair, map } from './maps.js';

describe('objects of a ground truth', () => {
  it('touch by corners, and are found by the share that has their label', () => {
    const truth = map(4, 3, [1, 0, 0, 2, 0, 1, 0, 2, 0, 0, 1, 255]);
    const given = Uint8Array.from([1, 0, 0, 0, 0, 2, 0, 2, 0, 0, 1, 2]);
    const { ids, found } = foundObjects(truth, given);
    expect([...ids]).toEqual([1, 0, 0, 2, 0, 1, 0, 2, 0, 0, 1, 0]);
    expect([...found]).toEqual([0, 2 / 3, 1 / 2]);
  });

  it('are the pieces that growing from pixel to pixel finds', () => {
    fc.assert(
      fc.property(labelPair(3), ({ truth, mask }) => {
        const { ids, found } = foundObjects(truth, mask.data);
        const objects = { ...truth, data: truth.data.map((label) => (label === 255 ? 0 : label)) };
        const grown = labelComponents(objects, 8);
        expect(found).toHaveLength(grown.components.length + 1);
        const matched = new Map<number, number>();
        ids.forEach((id, i) => {
          expect(id > 0).toBe(grown.ids[i] >= 0);
          if (id > 0) matched.set(id, grown.ids[i]);
        });
        ids.forEach((id, i) => id > 0 && expect(grown.ids[i]).toBe(matched.get(id)));
      }),
      { seed: 8 },
    );
  });
});
