import { expect, it } from 'vitest';
import { agreementOf } from '../../../../../electron/engine/evaluate/agreement.js';

const map = (...labels: number[]) => ({ width: labels.length, height: 1, data: Uint8Array.from(labels) });

it('is the mean IoU over the labels of either map, where both decide', () => {
  expect(agreementOf(map(0, 1, 1, 0), map(0, 1, 1, 0), 3)).toBe(1);
  // Background 1/2, class 1/2.
  expect(agreementOf(map(0, 1, 1, 255), map(0, 0, 1, 1), 3)).toBe(0.5);
  expect(agreementOf(map(255, 255), map(0, 1), 3)).toBe(0);
  expect(agreementOf(map(1, 1), map(2, 2), 3)).toBe(0);
});
