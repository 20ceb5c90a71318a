import { describe, expect, it } from 'vitest';
import { bestOf, doneOf, isSegmenter, netOf } from '../../../../../renderer/composables/runs/run-words.js';

const classifier = { task: 'classify', settings: { backbone: 'vgg16', epochs: 15 }, epochs: [1, 2, 3], loss: null, metrics: {} } as const; // prettier-ignore
const segmenter = { task: 'segment', settings: { segmenter: 'tiny-largefov', iterations: 200 }, epochs: [], loss: { steps: 40, best: 1, last: 1, curve: [] }, metrics: { best: { iteration: 40, mIoU: 0.5 } } } as const; // prettier-ignore

describe('words about a run', () => {
  it('tell a segmenter from a classifier by its task', () => {
    expect(isSegmenter(segmenter)).toBe(true);
    expect(isSegmenter(classifier)).toBe(false);
    expect(isSegmenter(undefined)).toBe(false);
  });
  it('name the net that is trained', () => {
    expect(netOf(classifier)).toBe('vgg16');
    expect(netOf(segmenter)).toBe('tiny-largefov');
  });
  it('say how far it is: in epochs, or in steps', () => {
    expect(doneOf({ ...classifier, epochs: [...classifier.epochs] })).toBe('3 / 15');
    expect(doneOf({ ...segmenter, epochs: [], loss: { ...segmenter.loss, curve: [] } })).toBe('40 / 200');
    expect(doneOf({ ...segmenter, epochs: [], loss: null })).toBe('0 / 200');
  });
  it('have the best mIoU where one was measured', () => {
    expect(bestOf(segmenter)).toBe(0.5);
    expect(bestOf({ metrics: { best: null } })).toBeUndefined();
    expect(bestOf({ metrics: null })).toBeUndefined();
  });
});
