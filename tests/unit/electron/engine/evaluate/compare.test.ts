import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEvaluations, imageClasses } from '../../../../../electron/engine/evaluate/compare.js';
import { confusionOf, undecidedAsBackground } from '../../../../../electron/engine/evaluate/confusion.js';
import { measureMasks, scoreOf } from '../../../../../electron/engine/evaluate/measure.js';
import { metricsOf } from '../../../../../electron/engine/evaluate/metrics.js';
import { summarise } from '../../../../../electron/engine/evaluate/summary.js';
import type { Evaluation } from '../../../../../shared/evaluation.js';
import type { LabelMap } from '../../../../../shared/types.js';
import { labelPair, map } from './maps.js';

const names = ['background', 'cat', 'dog'];
const truth = map(4, 1, [0, 0, 1, 2]);

async function result(name: string, masks: Record<string, LabelMap>, labels = names): Promise<Evaluation> {
  const images = Object.entries(masks).map(([id, mask]) => ({
    id,
    readTruth: async () => truth,
    readMask: async () => mask,
  }));
  const measured = await measureMasks(images, images.length, 3, () => undefined, new AbortController().signal);
  const subject = { name, kind: 'masks', set: name, split: null, against: null, images: 3, missingMaps: 0 } as const;
  return summarise(subject, labels, measured, null);
}

const right = truth;
const noDog = map(4, 1, [0, 0, 1, 0]);
const nothing = map(4, 1, [0, 0, 0, 0]);

describe('two results', () => {
  it('are compared image by image, what became worst first', async () => {
    const before = await result('before', { a: right, b: noDog, c: right, gone: right });
    const after = await result('after', { a: noDog, b: right, c: right, new: right });
    const found = compareEvaluations(before, after);
    expect(found).toMatchObject({ before: 'before', after: 'after', better: 1, worse: 1, same: 1, onlyBefore: 1, onlyAfter: 1 }); // prettier-ignore
    expect(found.images.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(found.images[0].classes[0]).toEqual({ label: 2, name: 'dog', before: 1, after: 0, change: -1 });
    expect(found.figures.mIoU.change).toBeCloseTo(after.mIoU! - before.mIoU!, 12);
    expect(found.classes.map(({ name }) => name)).toEqual(names);
  });

  it('of one result there is no change', async () => {
    const one = await result('one', { a: noDog, b: nothing });
    const { same, images } = compareEvaluations(one, one);
    expect(same).toBe(2);
    expect(images.flatMap(({ classes }) => classes).every(({ change }) => change === 0)).toBe(true);
  });

  it('without pairs have no classes of an image', async () => {
    const one = await result('one', { a: noDog });
    const old = { ...one, perImage: one.perImage.map((score) => ({ ...score, pairs: [] })) };
    expect(compareEvaluations(old, one).images).toMatchObject([{ id: 'a', change: 0, classes: [] }]);
  });

  it('of other classes are refused', async () => {
    const other = await result('other', { a: right }, ['background', 'cat', 'bird']);
    expect(() => compareEvaluations(other, other)).not.toThrow();
    const one = await result('one', { a: right });
    expect(() => compareEvaluations(one, other)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

it('an image has the IoU of its classes in its pairs', () => {
  fc.assert(
    fc.property(labelPair(3), (pair) => {
      const confusion = confusionOf(pair.truth, pair.mask, 3);
      const { iou } = metricsOf(undecidedAsBackground(confusion));
      const classes = imageClasses(scoreOf('a', confusion));
      iou.forEach((value, label) => expect(classes.get(label) ?? null).toBe(value));
    }),
    { seed: 8 },
  );
});
