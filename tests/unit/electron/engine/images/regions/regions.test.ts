import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bridgeHoles,
  countsOfRuns,
  fillRings,
  labelComponents,
  regionRuns,
  signedArea,
  traceComponents,
  type Connectivity,
} from '../../../../../../electron/engine/images/regions/index.js';
import type { LabelMap } from '../../../../../../shared/types.js';
import { labelMaps } from '../arbitraries.js';

/** A map as drawn, a digit a pixel, `.` for background. */
function drawn(...rows: string[]): LabelMap {
  const data = Uint8Array.from(rows.join(''), (mark) => (mark === '.' ? 0 : Number(mark)));
  return { width: rows[0].length, height: rows.length, data };
}

const connectivities: Connectivity[] = [4, 8];
const everyMap = fc.record({ map: labelMaps(), connectivity: fc.constantFrom(...connectivities) });

const pixelsOf = (ids: Int32Array, id: number): Uint8Array => Uint8Array.from(ids, (own) => Number(own === id));

describe('components', () => {
  it('are pieces of one label, joined over corners on request', () => {
    const map = drawn('1.2', '.12', '33.');
    expect(labelComponents(map, 4).components.map(({ label, area }) => [label, area])).toEqual([
      [1, 1],
      [2, 2],
      [1, 1],
      [3, 2],
    ]);
    const joined = labelComponents(map, 8).components;
    expect(joined.map(({ label, area }) => [label, area])).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
    expect(joined[0].box).toEqual({ left: 0, top: 0, width: 2, height: 2 });
  });

  it('cover what is not background, and no two of one label touch', () => {
    fc.assert(
      fc.property(everyMap, ({ map, connectivity }) => {
        const { ids, components, width } = labelComponents(map, connectivity);
        ids.forEach((id, i) => expect(id < 0 ? 0 : components[id].label).toBe(map.data[i]));
        expect(components.reduce((sum, { area }) => sum + area, 0)).toBe(map.data.filter(Boolean).length);
        ids.forEach((id, i) => {
          if (i % width > 0 && map.data[i - 1] === map.data[i]) expect(ids[i - 1]).toBe(id);
          if (i >= width && map.data[i - width] === map.data[i]) expect(ids[i - width]).toBe(id);
        });
      }),
      { seed: 21 },
    );
  });
});

describe('outlines', () => {
  it('list corners only, the outer line first and clockwise, then holes', () => {
    const map = drawn('111', '1.1', '111');
    const [[outer, hole]] = traceComponents(labelComponents(map, 4), 4);
    expect(outer).toEqual([3, 0, 3, 3, 0, 3, 0, 0]);
    expect(signedArea(outer)).toBe(9);
    expect(signedArea(hole)).toBe(-1);
  });

  it('part or join pixels that meet at a corner', () => {
    const map = drawn('1.', '.1');
    expect(traceComponents(labelComponents(map, 4), 4)).toHaveLength(2);
    const [joined, ...others] = traceComponents(labelComponents(map, 8), 8);
    expect(others).toEqual([]);
    expect(joined).toHaveLength(1);
    expect(joined[0]).toHaveLength(16);
  });

  it('give back the pixels exactly, with holes and as one bridged ring', () => {
    fc.assert(
      fc.property(everyMap, ({ map, connectivity }) => {
        const { width, height } = map;
        const pieces = labelComponents(map, connectivity);
        traceComponents(pieces, connectivity).forEach((rings, id) => {
          const { area } = pieces.components[id];
          expect(signedArea(rings[0])).toBeGreaterThan(0);
          for (const hole of rings.slice(1)) expect(signedArea(hole)).toBeLessThan(0);
          expect(fillRings(rings, width, height)).toEqual(pixelsOf(pieces.ids, id));
          const bridged = bridgeHoles(rings);
          expect(signedArea(bridged)).toBe(area);
          expect(fillRings([bridged], width, height)).toEqual(pixelsOf(pieces.ids, id));
        });
      }),
      { seed: 22, numRuns: 150 },
    );
  });

  it('are found in time for ten thousand holes, tied to each other in rows', () => {
    const side = 201;
    const data = Uint8Array.from({ length: side * side }, (_, i) =>
      Number((i % side) % 2 === 0 || Math.floor(i / side) % 2 === 0),
    );
    const pieces = labelComponents({ width: side, height: side, data }, 4);
    const [rings] = traceComponents(pieces, 4);
    expect(rings).toHaveLength(1 + 100 * 100);
    const bridged = bridgeHoles(rings);
    expect(signedArea(bridged)).toBe(pieces.components[0].area);
    expect(fillRings([bridged], side, side)).toEqual(data);
  });

  it('keep a bridge inside its component', () => {
    const [rings] = traceComponents(labelComponents(drawn('1111', '1.11', '11.1', '1111'), 4), 4);
    expect(rings).toHaveLength(2);
    // From the hole's upper left corner straight to the left side.
    expect(bridgeHoles(rings).join()).toContain('0,1,1,1');
  });
});

describe('a filled polygon', () => {
  it('may lie partly outside, and its corners between pixels', () => {
    expect([...fillRings([[-5, -5, 1.6, -5, 1.6, 1.4, -5, 1.4]], 3, 2)]).toEqual([1, 1, 0, 0, 0, 0]);
    expect([...fillRings([[0, 0, 3, 0, 0, 3]], 3, 3)]).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 0]);
    expect([...fillRings([], 2, 1)]).toEqual([0, 0]);
  });
});

describe('runs', () => {
  it('go along rows or down columns', () => {
    const map = drawn('11', '1.');
    const pieces = labelComponents(map, 4);
    expect(regionRuns(pieces, 1, 'rows')).toEqual([[0, 3]]);
    expect(regionRuns(drawnPieces('1.', '11'), 1, 'columns')).toEqual([[0, 2, 3, 4]]);
    expect(countsOfRuns([0, 2, 3, 4], 4)).toEqual([0, 2, 1, 1]);
    expect(countsOfRuns([], 4)).toEqual([4]);
  });

  const drawnPieces = (...rows: string[]): ReturnType<typeof labelComponents> => labelComponents(drawn(...rows), 4);

  it('give back the pixels, in either order', () => {
    fc.assert(
      fc.property(labelMaps(), fc.constantFrom('rows' as const, 'columns' as const), (map, order) => {
        const { width, height } = map;
        const pieces = labelComponents(map, 4);
        regionRuns(pieces, pieces.components.length, order).forEach((runs, id) => {
          const counts = countsOfRuns(runs, width * height);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(width * height);
          expect(counts.slice(1).every((count) => count > 0)).toBe(true);
          const back = new Uint8Array(width * height);
          for (let k = 0; k < runs.length; k += 2) {
            for (let place = runs[k]; place < runs[k + 1]; place++) {
              back[order === 'rows' ? place : (place % height) * width + Math.floor(place / height)] = 1;
            }
          }
          expect(back).toEqual(pixelsOf(pieces.ids, id));
        });
      }),
      { seed: 23 },
    );
  });
});
