import { describe, expect, it, vi } from 'vitest';
import { engine } from '../../../../renderer/api/engine.js';
import { filterOf } from '../../../../renderer/composables/image-filter.js';
import { selectionOf, stretches } from '../../../../renderer/composables/selected-images.js';

describe('the selection as the engine takes it', () => {
  const selected = { project: 'p', filter: filterOf({ review: 'unreviewed', sort: 'labels' }), idAt: (place: number) => (place < 5 ? `image ${place}` : undefined) }; // prettier-ignore

  it('names images, asking for those that the page does not hold, a stretch at a time', async () => {
    const call = vi.spyOn(engine, 'call').mockImplementation((_route, request) => {
      const { offset, limit } = (request as { query: { offset: number; limit: number } }).query;
      return Promise.resolve({ ids: Array.from({ length: limit }, (_, i) => `asked ${offset + i}`) }) as never;
    });
    const selection = await selectionOf({ ...selected, all: false, places: new Set([3, 9, 7, 8, 20]) });
    expect(selection).toEqual({ ids: ['image 3', 'asked 7', 'asked 8', 'asked 9', 'asked 20'] });
    expect(call).toHaveBeenCalledTimes(2);
    expect(call.mock.calls[0][1]).toMatchObject({ query: { sort: 'labels', review: ['unreviewed'], offset: 7, limit: 3 } }); // prettier-ignore
  });

  it('is the query where all are meant, but for exceptions', async () => {
    const selection = await selectionOf({ ...selected, all: true, places: new Set([2]) });
    expect(selection).toEqual({ query: { match: 'any', masked: true, review: ['unreviewed'] }, except: ['image 2'] });
  });

  it('says so where too many would have to be named', async () => {
    const places = new Set(Array.from({ length: 20_001 }, (_, i) => i));
    await expect(selectionOf({ ...selected, all: false, places })).rejects.toMatchObject({ code: 'usage' });
  });

  it('is cut into stretches without gaps', () => {
    expect(stretches([4, 2, 3, 9])).toEqual([{ first: 2, count: 3 }, { first: 9, count: 1 }]); // prettier-ignore
    expect(stretches([])).toEqual([]);
  });
});
