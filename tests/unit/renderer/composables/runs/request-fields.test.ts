import { describe, expect, it } from 'vitest';
import type { LocationQuery } from 'vue-router';
import { namesOf, proposed, wordsOf, type Offered } from '../../../../../renderer/composables/runs/field-words.js';
import { firstValues, formKinds, freeName, hasPresets, hasSettings, requestFields, requestOf, titleOf } from '../../../../../renderer/composables/runs/request-fields.js'; // prettier-ignore
import { placeOf, queryOfPlace, type Place } from '../../../../../renderer/composables/runs/place.js';
import { textsOf } from '../../../../../renderer/locales/index.js';
import { jobRequestSchema, type Job } from '../../../../../shared/api/index.js';

const set = (kind: string, name: string, createdAt = '2026-01-01') => ({ kind, name, createdAt, parents: [], settings: {} }) as Offered['sets'][number]; // prettier-ignore
const job = (request: object, state = 'queued') =>
  ({ id: 1, state, kind: (request as Job['request']).kind, request }) as Job;
const offered: Offered = {
  sets: [set('run', 'old'), set('run', 'new', '2026-02-01'), set('maps', 'm'), set('masks', 'fused')],
  runs: [
    { name: 'old', task: 'classify' },
    { name: 'new', task: 'classify' },
  ],
  jobs: [job({ kind: 'localize', run: 'new', maps: 'coming' }), job({ kind: 'masks', masks: 'gone' }, 'cancelled')],
  splits: ['train', 'val'],
};
/** The same beside the run of a segmenter. */
const mixed: Offered = {
  ...offered,
  sets: [...offered.sets, set('run', 'deeplab', '2026-03-01')],
  runs: [...offered.runs, { name: 'deeplab', task: 'segment' }],
};
const field = (kind: (typeof formKinds)[number], key: string) => requestFields(kind).find((one) => one.key === key)!;

describe('the fields of a request', () => {
  it('derive from its schema', () => {
    const fields = requestFields('localize');
    expect(fields.map(({ key }) => key)).toEqual(['run', 'maps', 'epoch', 'raw', 'split', 'domain', 'overwrite', 'device']); // prettier-ignore
    expect(fields.filter(({ required }) => required).map(({ key }) => key)).toEqual(['run', 'maps']);
    expect(field('localize', 'epoch').schema).toMatchObject({ type: 'integer', minimum: 1 });
    expect(field('localize', 'maps').role).toEqual({ is: 'new', kind: 'maps' });
    expect(formKinds.map((kind) => [hasSettings(kind), hasPresets(kind)])).toEqual([[true, true], [true, true], [true, false], [true, true], [true, true], [true, true], [false, false], [true, false]]); // prettier-ignore
  });

  it.each(formKinds)(
    'of %s all have a name in the texts, and propose a request that the engine understands',
    (kind) => {
      const texts = textsOf('en') as unknown as { runs: { field: object; word: object } };
      for (const { key, role, schema } of requestFields(kind)) {
        if (role.is !== 'new') expect(texts.runs.field).toHaveProperty(key);
        const words = wordsOf(field(kind, key), {}, offered) ?? [];
        for (const { text } of words) if (text?.startsWith('runs.word.')) expect(texts.runs.word).toHaveProperty(text.slice(10)); // prettier-ignore
        expect(schema).not.toHaveProperty('anyOf');
      }
      const values = { ...firstValues(kind), ...proposed(kind, requestFields(kind), mixed), ...(kind === 'export' ? { to: '/out' } : {}) }; // prettier-ignore
      const request = requestOf(kind, values, 'studio', {});
      expect(jobRequestSchema.parse(request)).toMatchObject({ kind });
    },
  );

  it('leave out what is empty and keep what means "all"', () => {
    const values = { run: ' r ', maps: 'm', split: undefined, domain: null, epoch: null, device: '', raw: false };
    expect(requestOf('localize', values, 'paper', { mode: 'single' })).toEqual({ kind: 'localize', run: 'r', maps: 'm', domain: null, epoch: null, raw: false, preset: 'paper', settings: { mode: 'single' } }); // prettier-ignore
    expect(requestOf('evaluate', { of: 'masks', set: 'm' }, 'studio', {})).toEqual({ kind: 'evaluate', of: 'masks', set: 'm' }); // prettier-ignore
  });

  it('offer what there is, the newest first, and what jobs will make', () => {
    expect(namesOf('run', offered)).toEqual(['new', 'old']);
    expect(wordsOf(field('masks', 'maps'), {}, offered)).toEqual([{ value: undefined, text: 'runs.form.without' }, { value: 'coming' }, { value: 'm' }]); // prettier-ignore
    expect(wordsOf(field('evaluate', 'set'), { of: 'maps' }, offered)?.map(({ value }) => value)).toEqual([
      'coming',
      'm',
    ]);
    expect(wordsOf(field('train', 'split'), {}, offered)?.map(({ value }) => value)).toEqual([
      undefined,
      'train',
      'val',
    ]);
    expect(wordsOf(field('train', 'run'), {}, offered)).toBeUndefined();
  });

  it('offer the runs that fit: of a classifier for maps, of a segmenter to segment with', () => {
    const waiting = { ...mixed, jobs: [job({ kind: 'segment-train', run: 'deeplab-2' }), job({ kind: 'train', run: 'newer' })] }; // prettier-ignore
    const words = (kind: 'localize' | 'segment-predict') => wordsOf(field(kind, 'run'), {}, waiting)?.map(({ value }) => value); // prettier-ignore
    expect(words('localize')).toEqual(['newer', 'new', 'old']);
    expect(words('segment-predict')).toEqual(['deeplab-2', 'deeplab']);
    expect(proposed('localize', requestFields('localize'), waiting).run).toBe('newer');
    expect(proposed('segment-predict', requestFields('segment-predict'), waiting).run).toBe('deeplab-2');
  });

  it('offer the masks that a queued prediction will make among the masks, and no name of either for a new one', () => {
    const predict = (predictions: string, as: string) => job({ kind: 'segment-predict', run: 'r', predictions, as });
    const queued: Offered = { ...offered, jobs: [predict('round-2', 'masks'), predict('val-1', 'predictions')] };
    expect(namesOf('masks', queued)).toEqual(['round-2', 'fused']);
    expect(namesOf('predictions', queued)).toEqual(['val-1']);
    expect(wordsOf(field('segment-train', 'masks'), { of: 'masks' }, queued)).toContainEqual({ value: 'round-2' });
    const taken = { ...queued, jobs: [predict('predictions-1', 'masks')] };
    expect(proposed('segment-predict', requestFields('segment-predict'), taken).predictions).toBe('predictions-2');
  });

  it('begin an evaluation against ground truth: nothing is proposed in its place', () => {
    expect(proposed('evaluate', requestFields('evaluate'), offered)).toEqual({ of: 'masks', set: 'fused' });
  });

  it('propose free names, the newest run and the images to learn from', () => {
    expect(proposed('localize', requestFields('localize'), offered)).toEqual({
      run: 'new',
      maps: 'maps-1',
      split: 'train',
    });
    expect(freeName('run-1', ['Run-1', 'run-2'])).toBe('run-3');
    expect(freeName('first', ['first'])).toBe('first-2');
    expect(freeName('first', [])).toBe('first');
    expect(titleOf(jobRequestSchema.parse({ kind: 'evaluate', of: 'masks', set: 's' }))).toBe('s');
  });
});

describe('the address of the screen', () => {
  const places: Place[] = [
    { at: 'list' },
    { at: 'run', run: 'a b' },
    { at: 'job', job: 12 },
    { at: 'new', kind: 'train', from: 'r' },
    { at: 'new', kind: 'export', from: null },
    { at: 'new', kind: 'evaluate', from: 'masks/m', split: 'val' },
    { at: 'compare', runs: ['a', 'b'] },
    { at: 'set', set: { kind: 'masks', name: 'x/y' } },
  ];
  it.each(places)('says where one is: $at', (place) => expect(placeOf(queryOfPlace(place))).toEqual(place));

  it('leads to the list where it says nothing that there is', () => {
    const wrong: LocationQuery[] = [
      { new: 'import' },
      { job: 'x' },
      { compare: 'one' },
      { set: 'what/x' },
      { run: '' },
    ];
    for (const query of wrong) expect(placeOf(query)).toEqual({ at: 'list' });
  });
});
