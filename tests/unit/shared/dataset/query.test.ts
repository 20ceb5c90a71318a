import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageQuerySchema } from '../../../../shared/api/images.js';
import { formatQuery, queryParts } from '../../../../shared/dataset/query/format.js';
import { parseQuery, type QueryFilter } from '../../../../shared/dataset/query/parse.js';
import { reviewStates } from '../../../../shared/dataset/review.js';
import { comparisons, conditionText, readCondition, scoreKinds, type ScoreKind } from '../../../../shared/dataset/scores.js'; // prettier-ignore
import { domains } from '../../../../shared/types.js';

const classes = ['cat', 'dog', 'Potted plant', 'cat', '#1', '-x,"y"'];
const parsed = (text: string) => parseQuery(text, classes);

describe('a query', () => {
  it.each<[string, Partial<QueryFilter>]>([
    ['', {}],
    ['class:cat', { classes: [0] }],
    ['class:cat,DOG', { classes: [0, 1] }],
    ['class:cat class:dog', { classes: [0, 1], match: 'all' }],
    ['class:"potted plant" -class:#3 -class:dog', { classes: [2], without: [3, 1] }],
    ['class:"#1"', { classes: [4] }],
    ['split:train domain:web', { split: 'train', domain: 'web' }],
    ['split:none', { split: '' }],
    ['split:"none"', { split: 'none' }],
    ['review:unreviewed,needs-work', { review: ['unreviewed', 'needs-work'] }],
    ['tag:blurry tag:"a, b" -tag:night', { tags: ['blurry', 'a, b'], untagged: ['night'] }],
    ['has:labels -has:truth', { labelled: true, truth: false }],
    ['-has:mask/fused', { masks: 'fused', masked: false }],
    ['score.labels>=2 score."miou/my run"<.3', { scores: ['labels>=2', 'miou/my run<0.3'] }],
    ['2007 jpg', { text: '2007 jpg' }],
    ['name:"a \\"b\\" -c"', { text: 'a "b" -c' }],
    ['  Tag:x\tname:y ', { tags: ['x'], text: 'y' }],
  ])('%j is read', (text, filter) => {
    expect(parsed(text)).toEqual({ filter: { match: 'any', masked: true, ...filter }, errors: [] });
  });

  it.each([
    ['name:"open', 'quote', '"open'],
    ['colour:red', 'key', 'colour'],
    ['constructor:x', 'key', 'constructor'],
    ['labels>2', 'key', 'labels'],
    ['class:cat,bird', 'class', 'bird'],
    ['class:#9', 'class', '#9'],
    ['class:cat,dog class:cat', 'mixed', 'class:cat'],
    ['class:cat -class:cat', 'contradiction', '-class:cat'],
    ['domain:moon', 'value', 'moon'],
    ['review:fine', 'value', 'fine'],
    ['has:fun', 'value', 'fun'],
    ['-split:train', 'negative', '-split:train'],
    ['-word', 'negative', '-word'],
    ['split:a split:b', 'twice', 'split:b'],
    ['score.beauty<1', 'score', 'score.beauty'],
    ['score.miou<1', 'score', 'score.miou'],
    ['score.labels<many', 'number', 'many'],
    ['score.labels:3', 'number', '3'],
    ['score.labels<1e999', 'number', '1e999'],
    ['tag:', 'empty', 'tag:'],
    ['tag:a,', 'empty', 'tag:a,'],
    [`tag:${'x'.repeat(61)}`, 'value', 'x'.repeat(61)],
  ])('%j says what is wrong, and where', (text, code, value) => {
    const { errors } = parsed(text);
    expect(errors).toMatchObject([{ code, value }]);
    expect(text.slice(errors[0].from, errors[0].to)).toBe(value);
  });

  it('is taken as far as it can be read', () => {
    const { filter, errors } = parsed('class:bird tag:a -b score.labels>1');
    expect(filter).toMatchObject({ tags: ['a'], scores: ['labels>1'] });
    expect(errors.map(({ code }) => code)).toEqual(['class', 'negative']);
  });

  it('names its parts, each of which can be taken away', () => {
    const { filter } = parsed('class:cat class:dog tag:a has:mask/fused');
    const parts = queryParts(filter, classes);
    expect(parts.map(({ text }) => text)).toEqual(['class:cat', 'class:dog', 'has:mask/fused', 'tag:a']);
    expect(formatQuery({ ...filter, ...parts[0].gone, ...parts[2].gone }, classes)).toBe('class:dog tag:a');
  });
});

const text = (maxLength: number) => fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength }).map((one) => one.trim()).filter((one) => one !== ''); // prettier-ignore
const list = <Item>(item: fc.Arbitrary<Item>) => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });
const maybe = <Item>(item: fc.Arbitrary<Item>) => fc.option(item, { nil: undefined });
const condition = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(scoreKinds) as ScoreKind[])),
    set: text(12).filter((one) => !/[<>="]/.test(one)),
    comparison: fc.constantFrom(...comparisons),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
  })
  .map(({ kind, set, ...rest }) => conditionText({ score: { kind, set: scoreKinds[kind].from === 'image' ? null : set }, ...rest })); // prettier-ignore

const filters = fc
  .record({
    chosen: fc.uniqueArray(fc.nat(classes.length - 1), { maxLength: 5 }),
    cut: fc.nat(5),
    match: fc.constantFrom('any' as const, 'all' as const),
    split: maybe(fc.oneof(fc.constantFrom('', 'none'), text(9))),
    domain: maybe(fc.constantFrom(...domains)),
    labelled: maybe(fc.boolean()),
    truth: maybe(fc.boolean()),
    masks: maybe(text(9)),
    masked: fc.boolean(),
    review: maybe(list(fc.constantFrom(...reviewStates))),
    tags: maybe(list(text(9))),
    untagged: maybe(list(text(9))),
    scores: maybe(list(condition)),
    text: maybe(text(9)),
  })
  .map(({ chosen, cut, match, masks, masked, ...rest }): QueryFilter => {
    const [wanted, without] = [chosen.slice(0, cut), chosen.slice(cut)];
    return {
      ...rest,
      classes: wanted.length > 0 ? wanted : undefined,
      without: without.length > 0 ? without : undefined,
      match: wanted.length > 1 ? match : 'any',
      masks,
      masked: masks === undefined || masked,
    };
  });

it('a filter written as a query is read back as it was, and the engine takes it (seed 23)', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const found = parsed(formatQuery(filter, classes));
      expect(found.errors).toEqual([]);
      expect(found.filter).toEqual(filter);
      expect(imageQuerySchema.safeParse(found.filter).success).toBe(true);
    }),
    { seed: 23, numRuns: 500 },
  );
});

it('any text is read without harm, its errors lying in it, and what is read can be written (seed 29)', () => {
  const pieces = fc.oneof(fc.constantFrom('class:', '-', '"', '\\', ' ', ',', 'tag:', 'score.', 'labels', '<', '=', '#1', 'has:mask/'), fc.string({ maxLength: 4 })); // prettier-ignore
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (some) => {
      const query = some.join('');
      const { filter, errors } = parsed(query);
      for (const { from, to } of errors) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(query.length);
      }
      expect(parsed(formatQuery(filter, classes)).filter).toEqual(filter);
    }),
    { seed: 29, numRuns: 500 },
  );
});

it('a condition on a score is text that is read back', () => {
  expect(readCondition('miou/a=b<=3')).toBeNull();
  expect(readCondition('labels>=2')).toEqual({ score: { kind: 'labels', set: null }, comparison: '>=', value: 2 });
  for (const wrong of ['labels', 'labels>', 'labels/x>1', 'toString>1', 'labels>1e999', 'labels>0x1']) {
    expect(readCondition(wrong), wrong).toBeNull();
  }
});
