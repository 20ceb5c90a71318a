import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionOf } from '../../../../../electron/engine/evaluate/confusion.js';
import { measureMasks, scoreOf, type MeasuredImage } from '../../../../../electron/engine/evaluate/measure.js';
import { summarise } from '../../../../../electron/engine/evaluate/summary.js';
import { PAIRS_KEPT, errorsOf, evaluationSchema, pairsOf } from '../../../../../shared/evaluation.js';
import { StudioError, type ErrorCode } from '../../../../../shared/errors.js';
import type { LabelMap } from '../../../../../shared/types.js';
import { labelPair, map } from './maps.js';

const LABELS = 3;
const names = ['background', 'cat', 'dog'];

const image = (id: string, truth: LabelMap | null, mask: LabelMap): MeasuredImage => ({
  id,
  readTruth: async () => truth,
  readMask: async () => mask,
});

const measure = (images: MeasuredImage[]): ReturnType<typeof measureMasks> =>
  measureMasks(images, images.length, LABELS, () => undefined, new AbortController().signal);

const subject = { name: 'e', kind: 'masks', set: 's', split: null, images: 3, missingMaps: 0, against: null } as const;

describe('the score of one image', () => {
  it('tells missed, invented and confused pixels apart', () => {
    const truth = map(5, 1, [0, 1, 1, 2, 255]);
    const mask = map(5, 1, [1, 255, 2, 2, 0]);
    expect(scoreOf('a', confusionOf(truth, mask, LABELS))).toEqual({
      id: 'a',
      mIoU: 0.5 / 3,
      pixelAccuracy: 0.25,
      missed: 0.25,
      invented: 0.25,
      confused: 0.25,
      undecided: 0.25,
      pairs: [0, 1, 1, 1, 0, 1, 1, 2, 1, 2, 2, 1],
      errors: [],
    });
  });

  it('keeps the largest pairs, and no more than its bound', () => {
    const LARGE = 60;
    const pixels = Array.from({ length: 40 }, (_, label) => new Array<number>(label + 1).fill(label)).flat();
    const truth = map(pixels.length, 1, pixels);
    const pairs = pairsOf(scoreOf('a', confusionOf(truth, truth, LARGE)));
    expect(pairs).toHaveLength(PAIRS_KEPT);
    expect(pairs[0]).toEqual({ truth: 39, given: 39, pixels: 40 });
    expect(pairs.at(-1)!.pixels).toBe(9);
  });

  it('has shares that make up the inaccuracy', () => {
    fc.assert(
      fc.property(labelPair(LABELS), ({ truth, mask }) => {
        const { pixelAccuracy, missed, invented, confused } = scoreOf('a', confusionOf(truth, mask, LABELS));
        if (pixelAccuracy !== null) expect(pixelAccuracy + missed + invented + confused).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('measuring many images', () => {
  const good = image('good', map(2, 1, [0, 1]), map(2, 1, [0, 1]));
  const bad = image('bad', map(2, 1, [0, 1]), map(2, 1, [1, 0]));

  it('puts the worst first and leaves out what it must, by name', async () => {
    const without = image('without', null, map(1, 1, [0]));
    const large = image('large', map(1, 1, [0]), map(2, 1, [0, 0]));
    const { scores, withoutTruth, failures } = await measure([good, without, large, bad]);
    expect(scores.map(({ id }) => id)).toEqual(['bad', 'good']);
    expect(withoutTruth).toEqual(['without']);
    expect(failures).toMatchObject([{ id: 'large', code: 'size-mismatch', action: 'left out of the figures' }]);
  });

  it('says of an image without a mask that the set lacks it, and of a damaged one what is wrong', async () => {
    const failing = (id: string, code: ErrorCode): MeasuredImage => ({
      ...good,
      id,
      readMask: () => Promise.reject(new StudioError({ code, message: 'as read', file: `${id}.png` })),
    });
    const { failures, scores } = await measure([failing('a', 'file-missing'), good, failing('b', 'file-damaged')]);
    expect(scores).toHaveLength(1);
    expect(failures).toMatchObject([
      { id: 'a', code: 'file-missing', file: 'a.png', reason: 'the set has nothing of this image' },
      { id: 'b', code: 'file-damaged', file: 'b.png', reason: 'as read' },
    ]);
  });

  it('gives figures that do not depend on the order of the images', async () => {
    expect(await measure([good, bad])).toEqual(await measure([bad, good]));
  });

  it('sums up to a record that its schema accepts, also where nothing was measured', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(labelPair(LABELS), { maxLength: 3 }), async (pairs) => {
        const images = pairs.map(({ truth, mask }, at) => image(String(at), truth, mask));
        const evaluation = summarise(subject, names, await measure(images), null);
        expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation);
      }),
    );
  });

  it('counts images of each class, and errors by kind', async () => {
    const evaluation = summarise(subject, names, await measure([good, bad]), null);
    expect(evaluation.perClass.map(({ images }) => images)).toEqual([2, 2, 0]);
    expect(errorsOf(evaluation)).toEqual(errorsOf(evaluation.perImage[0]));
    expect(errorsOf(evaluation).reduce((sum, { pixels }) => sum + pixels, 0)).toBe(2);
  });

  it('opens a file of version 1', async () => {
    const evaluation = summarise(subject, names, await measure([good, bad]), null);
    const { against: _a, calibration: _c, errors: _e, perClass, perImage, ...rest } = evaluation;
    const old = {
      ...rest,
      version: 1,
      perClass: perClass.map(({ images: _, ...score }) => score),
      perImage: perImage.map(({ pairs: _p, errors: _own, ...score }) => score),
    };
    const opened = evaluationSchema.parse(old);
    expect(opened).toMatchObject({ version: 1, mIoU: evaluation.mIoU, against: null, calibration: null, errors: [] });
    expect(opened.perImage[0]).toMatchObject({ id: 'bad', pairs: [], errors: [] });
    expect(opened.perClass[0].images).toBeNull();
  });

  it('has both figures for undecided pixels', async () => {
    const undecided = image('u', map(4, 1, [0, 0, 1, 1]), map(4, 1, [0, 0, 1, 255]));
    const evaluation = summarise(subject, names, await measure([undecided]), null);
    // As background: IoU 2/3 and 1/2. Left out: both 1.
    expect(evaluation.mIoU).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
    expect(evaluation.mIoULabelled).toBe(1);
    expect(evaluation.labelledShare).toBe(0.75);
    expect(evaluation.confusion[1]).toEqual([0, 1, 0]);
    expect(evaluation.undecided).toEqual([0, 1, 0]);
  });
});
