import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentSettings } from '../../../../../../shared/settings/index.js';
import type { LabelMap, RgbImage } from '../../../../../../shared/types.js';
import { imagenetColours, resizeNearest } from '../../../../../../electron/engine/images/index.js';
import { batches } from '../../../../../../electron/engine/learn/segment/batches.js';
import { dropoutMask } from '../../../../../../electron/engine/learn/segment/dropout.js';
import { augmented, scaledSize, window } from '../../../../../../electron/engine/learn/segment/samples.js';
import { fittingSide } from '../../../../../../electron/engine/learn/segment/segmenter.js';
import { random } from '../../../../../../electron/engine/learn/random.js';
import { segmentScenes } from '../../../../../support/segments.js';

const SEED = 20_261_125;
const settings = segmentSettings.resolve({ segmenter: 'tiny-largefov', cropSize: 41, batchSize: 3 });

/** A photo whose red channel is its label, so that it shows whether both are still in one place. */
function told(width: number, height: number): { photo: RgbImage; labels: LabelMap; weight: number } {
  const labels = Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 3 ? 40 : 0));
  const data = new Uint8Array(labels.length * 3);
  labels.forEach((label, i) => (data[i * 3] = label * 5));
  return { photo: { width, height, data }, labels: { width, height, data: labels }, weight: 1 };
}

describe('a sample', () => {
  it('is a square of the crop’s size, labels on their pixels, the rest ignored', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), fc.nat(), (width, height, seed) => {
        const { photo, labels } = augmented(told(width, height), settings, imagenetColours, random(seed, 'test'));
        expect([photo.width, photo.height, labels.width, labels.height]).toEqual([41, 41, 41, 41]);
        let wrong = 0;
        labels.data.forEach((label, i) => {
          const red = photo.data[i * 3];
          if (label === 255) wrong += red === Math.round(255 * imagenetColours.mean[0]) ? 0 : Infinity;
          // Between the two, bilinear colours and nearest labels may part.
          else if (Math.abs(red - label * 5) > 100) wrong++;
        });
        expect(wrong).toBeLessThanOrEqual(3 * 41);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('fits the positions of the net', () => {
    expect([1, 2, 9, 10, 320, 321, 322].map(fittingSide)).toEqual([1, 9, 9, 17, 321, 321, 329]);
    expect(scaledSize({ width: 1000, height: 500 }, 500)).toEqual({ width: 500, height: 250 });
    expect(scaledSize({ width: 100, height: 50 }, 500, 1.5)).toEqual({ width: 150, height: 75 });
    expect(scaledSize({ width: 100, height: 1 }, 10, 0.5)).toEqual({ width: 5, height: 1 });
  });

  it('is cut out where it lies in the image, and filled up where it does not', () => {
    const map = { width: 2, height: 2, data: Uint8Array.of(1, 2, 3, 4) };
    expect(window(map, { x: 1, y: 0 }, { width: 2, height: 3 }, [9]).data).toEqual(Uint8Array.of(2, 9, 4, 9, 9, 9));
  });
});

describe('labels of another size', () => {
  it('are labels of the map, and the map again at its own size or a multiple', () => {
    const sizes = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(sizes, sizes, sizes, fc.infiniteStream(fc.nat(255)), (width, height, factor, values) => {
        const data = Uint8Array.from({ length: width * height }, () => values.next().value as number);
        const larger = resizeNearest({ width, height, data }, width * factor, height * factor);
        expect(new Set(larger.data)).toEqual(new Set(data));
        expect(resizeNearest(larger, width, height).data).toEqual(data);
      }),
      { seed: SEED },
    );
  });
});

describe('batches', () => {
  it('are the same again, and every image comes once before one comes again', async () => {
    const { ids, read } = segmentScenes(6, 2, 24);
    const seen: string[] = [];
    const source = { ids, read: (id: string) => (seen.push(id), read(id)) };
    const first = await batches(source, settings, imagenetColours).read(1);
    const again = await batches(source, settings, imagenetColours).read(1);
    expect(again).toEqual(first);
    seen.length = 0;
    const reader = batches(source, settings, imagenetColours);
    for (const step of [0, 1]) await reader.read(step);
    expect([...seen].sort()).toEqual([...ids].sort());
  });
});

describe('a mask of dropout', () => {
  it('drops its share and keeps the mean, from its own stream', () => {
    const mask = dropoutMask(50_001, 0.3, random(SEED, 'dropout'));
    const dropped = mask.reduce((count, value) => count + Number(value === 0), 0);
    expect(dropped / mask.length).toBeCloseTo(0.3, 2);
    expect([...new Set(mask)].sort()).toEqual([0, Math.fround(1 / 0.7)]);
    expect(Buffer.from(dropoutMask(50_001, 0.3, random(SEED, 'dropout')).buffer).equals(Buffer.from(mask.buffer))).toBe(
      true,
    );
    expect(dropoutMask(9, 0, random(SEED)).every((value) => value === 1)).toBe(true);
  });
});
