import { describe, expect, it } from 'vitest';
import {
  causesOf,
  hotShare,
  predictionCausesOf,
  type ClassFacts,
  type PredictedFacts,
} from '../../../../../electron/engine/evaluate/causes.js';
import { errorMap } from '../../../../../electron/engine/evaluate/error-kinds.js';
import { errorRegions } from '../../../../../electron/engine/evaluate/regions.js';
import { map } from './maps.js';

/** An object that was found nowhere, though nothing is known to be amiss. */
const missed: ClassFacts = {
  label: 1,
  labelled: true,
  truthPixels: 100,
  maskPixels: 0,
  found: 0,
  map: 1,
  saliency: 1,
  references: { available: 8, wanted: 8, nearness: null },
  beforeRefinement: null,
};
const causes = (facts: Partial<ClassFacts>) => causesOf({ ...missed, ...facts }).map(({ cause }) => cause);

describe('causes of a failure', () => {
  it('are none where nothing is known, or half of the object was found', () => {
    expect(causes({})).toEqual([]);
    expect(causes({ map: null, saliency: null, references: null })).toEqual([]);
    expect(causes({ found: 0.5, map: 0.1, saliency: 0, labelled: false })).toEqual([]);
  });

  it('are a label that is missing, or that nothing bears out', () => {
    expect(causes({ labelled: false, map: 'missing' })).toEqual(['label-missing']);
    expect(causes({ truthPixels: 0, maskPixels: 10 })).toEqual(['label-wrong']);
    expect(causes({ truthPixels: 0, maskPixels: 10, labelled: false })).toEqual([]);
  });

  it('are maps and saliency that pass the object by, with their shares', () => {
    expect(causesOf({ ...missed, map: 0.3, saliency: 0.1 })).toEqual([
      { cause: 'map-part', label: 1, found: 0, evidence: 0.3, expected: 0.5 },
      { cause: 'saliency-missed', label: 1, found: 0, evidence: 0.1, expected: 0.5 },
    ]);
    expect(causes({ map: 'missing' })).toEqual(['map-missing']);
  });

  it('are too few references, also none at all', () => {
    expect(causes({ references: { available: 0, wanted: 1, nearness: null } })).toEqual(['references-few']);
    expect(causes({ references: { available: 3, wanted: 3, nearness: null } })).toEqual([]);
  });

  it('are references that are less like the image than is usual, never where the label is missing', () => {
    const references = { available: 3, wanted: 3, nearness: { nearest: 0.4, usual: 0.5 } };
    expect(causesOf({ ...missed, references })).toEqual([
      { cause: 'references-far', label: 1, found: 0, evidence: 0.4, expected: 0.5 },
    ]);
    expect(causes({ references: { ...references, nearness: { nearest: 0.5, usual: 0.5 } } })).toEqual([]);
    expect(causes({ references, labelled: false })).toEqual(['label-missing']);
  });

  it('are a refinement that took the object away', () => {
    expect(causes({ beforeRefinement: 0.6, found: 0.2 })).toEqual(['refinement-removed']);
    expect(causes({ beforeRefinement: 0.25, found: 0.2 })).toEqual([]);
  });
});

describe('causes of a failure of a prediction', () => {
  const predicted: PredictedFacts = { label: 1, truthPixels: 100, found: 0.1, learnt: null, images: { count: 10, usual: 20 } }; // prettier-ignore
  const of = (facts: Partial<PredictedFacts>) =>
    predictionCausesOf({ ...predicted, ...facts }).map(({ cause }) => cause);

  it('are the mask that was learnt from and what is amiss with it, or that it was not learnt', () => {
    const learnt = { ...missed, found: 0.4, map: 0.3 };
    expect(predictionCausesOf({ ...predicted, learnt })).toEqual([
      { cause: 'mask-lacking', label: 1, found: 0.1, evidence: 0.4, expected: 0.5 },
      { cause: 'map-part', label: 1, found: 0.4, evidence: 0.3, expected: 0.5 },
    ]);
    expect(of({ learnt: { ...missed, found: 0.5 } })).toEqual(['not-learnt']);
    expect(of({ learnt, found: 0.5 })).toEqual([]);
  });

  it('are a class of which there are less than half as many images as usual', () => {
    expect(of({})).toEqual([]);
    expect(of({ images: { count: 9, usual: 20 } })).toEqual(['images-few']);
    expect(of({ images: { count: 0, usual: 20 }, learnt: { ...missed, found: 1 } })).toEqual([
      'not-learnt',
      'images-few',
    ]);
    expect(of({ images: null })).toEqual([]);
  });

  it('are a label that the truth has not, only where it was learnt', () => {
    expect(of({ truthPixels: 0, found: 0 })).toEqual([]);
    expect(of({ truthPixels: 0, found: 0, learnt: { ...missed, truthPixels: 0, maskPixels: 9 } })).toEqual([
      'label-wrong',
    ]);
  });
});

it('a map is hot from a fifth of its highest value on, and nowhere if it has none', () => {
  const truth = map(5, 1, [1, 1, 1, 1, 0]);
  expect(hotShare(truth, 1, map(5, 1, [100, 20, 19, 0, 100]))).toBe(0.5);
  expect(hotShare(truth, 1, map(5, 1, [0, 0, 0, 0, 0]))).toBe(0);
  expect(hotShare(truth, 2, map(5, 1, [9, 9, 9, 9, 9]))).toBe(0);
});

it('regions are the pieces of one kind about one label, the largest first, with their boxes', () => {
  const truth = map(6, 2, [1, 1, 1, 0, 2, 0, 1, 1, 1, 0, 2, 0]);
  const mask = map(6, 2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const regions = errorRegions(errorMap(truth, mask), 9);
  expect(regions).toEqual([
    { kind: 'missed-object', label: 1, pixels: 6, box: { left: 0, top: 0, width: 3, height: 2 } },
    { kind: 'missed-object', label: 2, pixels: 2, box: { left: 4, top: 0, width: 1, height: 2 } },
  ]);
  expect(errorRegions(errorMap(truth, mask), 1)).toHaveLength(1);
  expect(errorRegions(errorMap(truth, truth), 9)).toEqual([]);
});
