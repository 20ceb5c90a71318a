import { describe, expect, it } from 'vitest';
import { setWarnings } from '../../../../../renderer/composables/references/set-warnings.js';
import type { ReferenceAssessment } from '../../../../../shared/api/index.js';

const member = (id: string, own: Partial<ReferenceAssessment['members'][number]> = {}) => ({ id, domain: 'target' as const, similarity: 0.5, duplicateOf: null, ...own }); // prettier-ignore
const members = [member('a'), member('b', { duplicateOf: 'a' }), member('c', { domain: 'web' }), member('d')];
const known = { assessment: { members }, used: null, imageId: 'x' };
const kinds = (ids: string[], own = {}): string[] => setWarnings(ids, { ...known, ...own }).map(({ kind }) => kind);

describe('warnings of a reference set', () => {
  it('are none for an empty set and a good one', () => {
    expect(kinds([])).toEqual([]);
    expect(kinds(['a', 'd', 'e'])).toEqual([]);
  });
  it('name too few, copies of others in the set, web images and the image itself', () => {
    expect(kinds(['a', 'd'])).toEqual(['few']);
    expect(setWarnings(['a', 'b', 'd'], known)).toEqual([{ kind: 'duplicates', ids: ['b'] }]);
    expect(kinds(['b', 'd', 'e'])).toEqual([]);
    expect(kinds(['a', 'c', 'd'])).toEqual(['web']);
    expect(kinds(['a', 'd', 'x'])).toEqual(['self']);
  });
  it('name those that the run did not use', () => {
    expect(setWarnings(['a', 'd', 'e'], { ...known, used: ['a', 'd'] })).toEqual([{ kind: 'unused', ids: ['e'] }]);
    expect(kinds(['a', 'd', 'e'], { assessment: null })).toEqual([]);
  });
});
