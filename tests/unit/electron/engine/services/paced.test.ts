import { expect, it } from 'vitest';
import { startPace } from '../../../../../shared/pace.js';
import { paced } from '../../../../../electron/engine/services/paced.js';
import type { Progress } from '../../../../../shared/progress.js';

it('adds rate and time left, anew for each stage and epoch', () => {
  let clock = 0;
  const seen: Progress[] = [];
  const report = paced(
    (progress) => seen.push(progress),
    (from) => startPace(from, () => clock),
  );
  const step = (part: number, done: number): void => {
    clock += part === 2 ? 100 : 500;
    report({ stage: 'epoch', part, parts: 2, done, total: 4, unit: 'images' });
  };
  [1, 2, 3].forEach((done) => step(1, done));
  [1, 2].forEach((done) => step(2, done));
  expect(seen.map(({ rate, secondsLeft }) => [rate, secondsLeft])).toEqual([
    [undefined, undefined],
    [2, 1],
    [2, 0.5],
    [undefined, undefined],
    [10, 0.2],
  ]);
});
