import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { engine } from '../../../../renderer/api/engine.js';
import { firstToFix, type Region } from '../../../../renderer/composables/results/useFixMask.js';
import { stepGoesFirst } from '../../../../renderer/composables/results/useReferenceEditing.js';
import { useReferenceSteps } from '../../../../renderer/stores/reference-steps.js';
import { api } from '../../../../shared/api/index.js';

const region = (label: number, pixels: number): Region => ({
  kind: 'boundary',
  label,
  pixels,
  box: { left: 0, top: 0, width: 1, height: 1 },
});

describe('the piece of error that is fixed first', () => {
  const regions = [region(3, 90), region(1, 50), region(2, 20)];
  it.each([
    ['the largest of all', { pair: null, label: null }, 3],
    ['one about the confused pair', { pair: { truth: 2, given: 0 }, label: null }, 2],
    ['one about the label', { pair: null, label: 1 }, 1],
    ['the largest where none is about it', { pair: null, label: 9 }, 3],
  ])('is %s', (_, query, label) => expect(firstToFix(regions, query)?.label).toBe(label));

  it('is none in an image without errors', () => expect(firstToFix([], { pair: null, label: 1 })).toBeNull());
});

describe('the order of what is taken back', () => {
  const [early, late] = [{ at: '2026-01-01T00:00:00.000Z' }, { at: '2026-01-01T00:00:01.000Z' }];
  it.each([
    [late, early, 'undo', true],
    [early, late, 'undo', false],
    [early, late, 'redo', true],
    [late, early, 'redo', false],
    [late, null, 'undo', true],
    [null, late, 'undo', false],
  ] as const)('%#', (step, edit, way, first) => expect(stepGoesFirst(step, edit, way)).toBe(first));
});

describe('steps of references', () => {
  let stored: string[];
  beforeEach(() => {
    setActivePinia(createPinia());
    stored = ['a', 'b'];
    vi.spyOn(engine, 'call').mockImplementation(((route: unknown, { body }: { body?: { references: string[] } }) => {
      if (route !== api.references.set) {
        const own = { classIndex: 4, references: stored };
        // The set of one image is another one.
        return Promise.resolve({ sets: [{ ...own, imageId: 'b', references: ['z'] }, own] });
      }
      stored = body!.references;
      return Promise.resolve(body);
    }) as typeof engine.call);
  });

  it('add what is missing, remove where all are there, and go back and forth', async () => {
    const steps = useReferenceSteps();
    await steps.toggle('p', 4, ['b', 'c']);
    expect(stored).toEqual(['a', 'b', 'c']);
    await steps.toggle('p', 4, ['b', 'c']);
    expect(stored).toEqual(['a']);
    await steps.turn('p', 'undo');
    await steps.turn('p', 'undo');
    expect(stored).toEqual(['a', 'b']);
    expect(await steps.turn('p', 'undo')).toBeNull();
    await steps.turn('p', 'redo');
    expect(stored).toEqual(['a', 'b', 'c']);
  });

  it('of another project are not taken back', async () => {
    const steps = useReferenceSteps();
    await steps.toggle('p', 4, ['c']);
    expect(await steps.turn('other', 'undo')).toBeNull();
    expect(stored).toEqual(['a', 'b', 'c']);
  });
});
