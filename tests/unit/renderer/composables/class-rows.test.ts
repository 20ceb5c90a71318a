import { expect, it } from 'vitest';
import { changesOf, draftProblem, draftsOf, rowsOf } from '../../../../renderer/composables/class-rows.js';
import { classesOf, mapClasses } from '../../../../shared/class-map.js';

const names = ['cat', 'dog', 'café', 'cow'];
const drafts = (as: Record<string, string | null> = {}) =>
  draftsOf(names.map((name) => ({ name, images: 1 }))).map((draft) => {
    const to = as[draft.name];
    return { ...draft, as: to ?? draft.as, kept: to !== null };
  });

it('classes that keep their names are no change', () => {
  expect(changesOf(drafts())).toEqual([]);
  expect(rowsOf(drafts()).map(({ label }) => label)).toEqual([1, 2, 3, 4]);
});

it('labels are those that the engine gives', () => {
  const changed = drafts({ cat: null, cow: 'cafe\u0301 ' });
  expect(rowsOf(changed)).toEqual([{ label: null, joins: null }, { label: 1, joins: null }, { label: 2, joins: null }, { label: 2, joins: 'café' }]); // prettier-ignore
  expect(changesOf(changed)).toEqual([{ name: 'cat', as: '' }, { name: 'cow', as: 'café' }]); // prettier-ignore
  expect(classesOf(mapClasses(names, changesOf(changed)))).toEqual(['dog', 'café']);
});

it('says what an import would be refused for', () => {
  expect(draftProblem(drafts())).toBeNull();
  expect(draftProblem(drafts({ dog: ' ' }))).toBe('blank');
  expect(draftProblem(drafts({ cat: null, dog: null, café: null, cow: null }))).toBe('none');
  const many = draftsOf(Array.from({ length: 255 }, (_, i) => ({ name: `c${i}`, images: 1 })));
  expect(draftProblem(many)).toBe('many');
  expect(draftProblem(many.map((draft, i) => ({ ...draft, kept: i > 0 })))).toBeNull();
});
