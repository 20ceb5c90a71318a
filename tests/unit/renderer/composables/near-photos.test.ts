import { describe, expect, it } from 'vitest';
import { nearImages } from '../../../../renderer/composables/near-photos.js';

const image = (place: number, side = 100) => ({ place, width: side, height: side, version: 'v' });
const places = (found: { place: number }[]): number[] => found.map(({ place }) => place);

describe('photos that are had ahead', () => {
  it('are five on both sides, the nearest first', () => {
    expect(places(nearImages(10, (place) => image(place)))).toEqual([11, 9, 12, 8, 13, 7, 14, 6, 15, 5]);
  });

  it('end with the list, and leave out what is not there', () => {
    const listed = (place: number) => (place < 3 ? image(place) : undefined);
    expect(places(nearImages(1, listed))).toEqual([2, 0]);
    expect(nearImages(0, (place) => ({ ...image(place), version: null }))).toEqual([]);
  });

  it('are no more than fit into memory', () => {
    expect(places(nearImages(10, (place) => image(place, 5000)))).toEqual([11, 9]);
  });
});
