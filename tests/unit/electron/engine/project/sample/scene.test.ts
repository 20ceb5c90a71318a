import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markNames } from '../../../../../../electron/engine/project/sample/marks.js';
import { makeScene, type SceneSettings } from '../../../../../../electron/engine/project/sample/scene.js';

const settings = (seed: number, classes = 6): SceneSettings => ({
  seed,
  width: 96,
  height: 72,
  classNames: markNames.slice(0, classes),
});

describe('a scene', () => {
  it('is the same for the same seed and index, and another for others', () => {
    const scene = makeScene(3, settings(5));
    expect(makeScene(3, settings(5))).toEqual(scene);
    expect(makeScene(4, settings(5)).photo.data).not.toEqual(scene.photo.data);
    expect(makeScene(3, settings(6)).photo.data).not.toEqual(scene.photo.data);
  });

  it('has one to three classes, each with enough pixels, and no pixel of another class', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 31 - 1),
        fc.nat(500),
        fc.integer({ min: 2, max: markNames.length }),
        (seed, index, classes) => {
          const { labels, classes: labelled } = makeScene(index, settings(seed, classes));
          const pixels = new Map<number, number>();
          for (const label of labels.data) pixels.set(label, (pixels.get(label) ?? 0) + 1);
          const foreground = [...pixels.keys()].filter((label) => label !== 0).map((label) => label - 1);
          expect(foreground.sort((a, b) => a - b)).toEqual(labelled);
          expect(labelled.length).toBeGreaterThanOrEqual(1);
          expect(labelled.length).toBeLessThanOrEqual(3);
          expect(labelled).toContain(index % classes);
          for (const k of labelled) expect(pixels.get(k + 1)).toBeGreaterThan(0.01 * labels.data.length);
          expect(pixels.get(0)).toBeGreaterThan(0.3 * labels.data.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    [64, 640],
    [640, 64],
  ])('fits into %i by %i', (width, height) => {
    const { labels } = makeScene(1, { ...settings(1), width, height });
    expect(labels.data).toHaveLength(width * height);
    expect(labels.data.some((label) => label > 0)).toBe(true);
  });

  it('looks like a photo: smooth edges, noise, and a spread of brightness', () => {
    const { photo } = makeScene(0, settings(1));
    const mean = photo.data.reduce((sum, value) => sum + value, 0) / photo.data.length;
    expect(mean).toBeGreaterThan(40);
    expect(mean).toBeLessThan(215);
    expect(new Set(photo.data).size).toBeGreaterThan(120);
  });
});
