import { expect, it } from 'vitest';
import { columnsOf, likeliest, likelyLabels } from '../../../../../electron/engine/masks/decide.js';

// Two pixels, four labels.
const data = Float32Array.of(0.1, 0.6, 0.3, 0, 0.5, 0.05, 0.45, 0);

it('keeps background and the labels that come above the least somewhere', () => {
  expect(likelyLabels(data, 4, [0, 1, 2, 3], 1e-4)).toEqual([0, 1, 2]);
  expect(likelyLabels(data, 4, [0, 2, 3], 1e-4)).toEqual([0, 2]);
  expect(likelyLabels(data, 4, [0, 1, 2, 3], 0.7)).toEqual([0]);
});

it('decides among the labels that are allowed', () => {
  const size = { width: 2, height: 1 };
  expect(likeliest(columnsOf(data, 4, [0, 1, 2, 3]), size).data).toEqual(Uint8Array.of(1, 0));
  expect(likeliest(columnsOf(data, 4, [0, 2]), size).data).toEqual(Uint8Array.of(2, 0));
  expect(likeliest({ labels: [0, 3], data: new Float32Array(4) }, size).data).toEqual(Uint8Array.of(0, 0));
});
