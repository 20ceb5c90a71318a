import { describe, expect, it } from 'vitest';
import { maskRefiner } from '../../../../../../electron/engine/masks/refine/registry.js';
import type { RefineInputs } from '../../../../../../electron/engine/masks/refine/refiner.js';
import { maskSettings, refiners } from '../../../../../../shared/settings/index.js';

const size = { width: 32, height: 16 };
const points = Array.from({ length: size.width * size.height }, (_, point) => point);
/** `left` where x < `edge`, else `right`. */
const split = (edge: number, left: number, right: number): Uint8Array =>
  Uint8Array.from(points, (point) => (point % size.width < edge ? left : right));

/** A photo with an edge at x = 16 and a label map that misses it by 3 px and has a row of ignored pixels. */
function image(withProbabilities: boolean): RefineInputs {
  const data = split(13, 0, 8);
  const labels = { ...size, data: data.map((label, point) => (point < size.width ? 255 : label)) };
  const grey = split(16, 30, 220);
  const photo = { ...size, data: Uint8Array.from({ length: grey.length * 3 }, (_, i) => grey[Math.floor(i / 3)]) };
  const rows = points.flatMap((point) => (data[point] === 8 ? [0.3, 0.65, 0.05] : [0.7, 0.25, 0.05]));
  return {
    labels,
    photo,
    probabilities: withProbabilities ? { labels: [0, 8, 12], data: new Float32Array(rows) } : null,
  };
}

/** Ten iterations, so that also the set of one iteration gets all the way to the edge. */
const settingsOf = (refine: (typeof refiners)[number]) => maskSettings.resolve({ refine, 'crf.iterations': 10 });

describe.each(refiners.filter((name) => maskRefiner(name)))('refiner %s', (name) => {
  const { refine } = maskRefiner(name)!;

  it.each([
    ['labels', false],
    ['probabilities', true],
  ] as const)('moves borders to the edges of the photo, from %s, and keeps ignored pixels', (_, withProbabilities) => {
    const { data, width, height } = refine(image(withProbabilities), settingsOf(name));
    expect([width, height]).toEqual([size.width, size.height]);
    expect(data).toEqual(split(16, 0, 8).map((label, point) => (point < size.width ? 255 : label)));
  });

  it('leaves its inputs alone and gives the same bytes twice', () => {
    const given = image(true);
    const before = structuredClone(given);
    expect(refine(given, settingsOf(name))).toEqual(refine(given, settingsOf(name)));
    expect(given).toEqual(before);
  });

  it.each([[[0]], [[255]], [[8]], [[0, 255]]])('leaves a map of labels %j as it is', (labels) => {
    const map = { ...size, data: Uint8Array.from(points, (point) => labels[point % labels.length]) };
    expect(refine({ ...image(false), labels: map }, settingsOf(name))).toEqual(map);
  });

  it('refuses a photo that would not fit into memory', () => {
    const huge = { width: 5000, height: 4000, data: new Uint8Array(5000 * 4000) };
    const given = { labels: huge, photo: huge, probabilities: null };
    expect(() => refine(given, settingsOf(name))).toThrow(/too large/);
  });
});

it('has no refiner for none', () => {
  expect(maskRefiner('none')).toBeNull();
});
