import { describe, expect, it } from 'vitest';
import { layOut } from '../../../../../../electron/engine/project/sample/layout.js';
import { part, type Model, type PlacedObject } from '../../../../../../electron/engine/project/sample/objects.js';
import { disc, roundedBox } from '../../../../../../electron/engine/project/sample/shapes.js';

const grey = [0.5, 0.5, 0.5] as const;

function boxAt(x: number, y: number, classIndex: number | null): PlacedObject {
  const mark = part(disc(0, 0, 0.25), grey);
  const model: Model = { parts: [part(roundedBox(0, 0, 1, 1, 0), grey), mark], mark: { part: mark, radius: 0.25 } };
  return { model, pose: { x, y, size: 4, turn: 0, mirrored: false }, classIndex };
}

const count = (data: Uint8Array, label: number): number => data.filter((value) => value === label).length;

describe('the layout of a scene', () => {
  it('labels exactly the pixels whose centres lie inside', () => {
    const { labels, visibility } = layOut([boxAt(10, 8, 2)], { width: 20, height: 16 });
    expect(count(labels.data, 3)).toBe(64);
    expect(labels.data[4 * 20 + 6]).toBe(3);
    expect(labels.data[4 * 20 + 5]).toBe(0);
    // The mark is a disc of radius 1 px about a pixel corner: the four pixels round it.
    expect(visibility).toEqual([{ drawn: 64, seen: 64, markSeen: 4 }]);
  });

  it('lets the nearer object hide the one behind, mark and all', () => {
    const { labels, visibility } = layOut([boxAt(6, 8, 0), boxAt(10, 8, 1)], { width: 20, height: 16 });
    expect([count(labels.data, 1), count(labels.data, 2)]).toEqual([32, 64]);
    expect(visibility[0]).toEqual({ drawn: 64, seen: 32, markSeen: 2 });
  });

  it('counts clutter in front as background', () => {
    const { labels, visibility } = layOut([boxAt(10, 8, 0), boxAt(10, 8, null)], { width: 20, height: 16 });
    expect(count(labels.data, 0)).toBe(320);
    expect(visibility[0].seen).toBe(0);
  });

  it('cuts at the edge of the photo', () => {
    const { visibility } = layOut([boxAt(0, 0, 0)], { width: 20, height: 16 });
    expect(visibility[0].drawn).toBe(16);
  });
});
