import { expect, it } from 'vitest';
import { shareDone } from '../../../../shared/api/index.js';

const progress = (stage: string, done: number, total: number) => ({ progress: { stage, done, total, unit: 'images' } });

it('a job is as far as its epochs, or what it counts', () => {
  expect(shareDone(progress('epoch 2 of 4', 5, 10))).toBe(0.375);
  expect(shareDone(progress('localizing', 5, 10))).toBe(0.5);
  expect(shareDone(progress('localizing', 12, 10))).toBe(1);
  expect(shareDone(progress('preparing', 0, 0))).toBeNull();
  expect(shareDone({ progress: null })).toBeNull();
});
