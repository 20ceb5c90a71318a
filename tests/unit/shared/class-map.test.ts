import { describe, expect, it } from 'vitest';
import { classesOf, isUnchanged, mapClasses } from '../../../shared/class-map.js';

const names = ['cat', 'dog', 'café', 'cow'];

describe('names of classes', () => {
  it('change, join and go, the rest stays in order', () => {
    const mapped = mapClasses(names, [{ name: 'cow', as: 'cat' }, { name: 'dog', as: '' }, { name: 'café', as: ' tea ' }]); // prettier-ignore
    expect(mapped.map(({ as }) => as)).toEqual(['cat', '', 'tea', 'cat']);
    expect(classesOf(mapped)).toEqual(['cat', 'tea']);
    expect(isUnchanged(mapped)).toBe(false);
    expect(isUnchanged(mapClasses(names, [{ name: 'cat', as: 'cat' }]))).toBe(true);
  });

  it('are one however their accents are written', () => {
    const mapped = mapClasses(names, [{ name: 'cafe\u0301', as: 'bar' }, { name: 'cat', as: 'cafe\u0301' }]); // prettier-ignore
    expect(mapped.map(({ as }) => as)).toEqual(['café', 'dog', 'bar', 'cow']);
    expect(mapClasses(['cafe\u0301', 'cat'], [{ name: 'cat', as: 'café' }]).map(({ as }) => as)).toEqual(['cafe\u0301', 'cafe\u0301']); // prettier-ignore
  });

  it.each([
    [[{ name: 'horse', as: 'x' }], 'label-unknown', /no class "horse"/],
    [[{ name: 'cat', as: '  ' }], 'settings-invalid', /is blank/],
    [[{ name: 'cat', as: 'a\nb' }], 'settings-invalid', /control characters/],
    [
      [
        { name: 'café', as: 'a' },
        { name: 'cafe\u0301', as: 'b' },
      ],
      'settings-invalid',
      /mapped twice/,
    ],
    [names.map((name) => ({ name, as: '' })), 'label-missing', /all 4 classes/],
  ] as const)('refuse %j', (changes, code, message) => {
    expect(() => mapClasses(names, changes)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string })); // prettier-ignore
  });
});
