import { describe, expect, it } from 'vitest';
import { filterOf, narrows, queryOf } from '../../../../renderer/composables/image-filter.js';

describe('the filter in the address', () => {
  it('comes back as it was', () => {
    const filter = { ...filterOf({}), classes: [0, 12], match: 'all', without: [7], review: ['reviewed'], scores: ['labels>=2'], split: '', labelled: false, masks: 'fused', masked: false, sort: 'pixels', order: 'descending' } as const; // prettier-ignore
    const query = queryOf({
      ...filter,
      classes: [...filter.classes],
      without: [7],
      review: ['reviewed'],
      scores: ['labels>=2'],
    });
    expect(query).toMatchObject({ classes: ['0', '12'], split: '', labelled: 'false', sort: 'pixels' });
    expect(filterOf(query as never)).toEqual(filter);
  });

  it('holds nothing where nothing is asked for', () => {
    expect(queryOf(filterOf({}))).toEqual({});
    expect(queryOf({ ...filterOf({}), classes: [], text: undefined })).toEqual({});
  });

  it('passes by what the engine would refuse, and what is no filter', () => {
    expect(filterOf({ classes: 'dog', sort: 'beauty', match: 'all', id: 'a', offset: '7', text: null })).toEqual({
      ...filterOf({}),
      match: 'all',
    });
  });

  it('narrows by anything but the order and the way of matching', () => {
    expect(narrows(filterOf({ sort: 'pixels', order: 'descending', match: 'all' }))).toBe(false);
    expect(narrows(filterOf({ split: '' }))).toBe(true);
    expect(narrows(filterOf({ classes: '3' }))).toBe(true);
  });
});
