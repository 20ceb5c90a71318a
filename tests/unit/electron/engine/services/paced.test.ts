import { expect, it } from 'vitest';
import { startPace } from '../../../../../shared/pace.js';
import { paced } from '../../../../../electron/engine/services/paced.js';
import type { Progress } from '../../../../../shared/types.js';

it('adds rate and time left, anew for each stage', () => {
  let clock = 0;
  const seen: Progress[] = [];
  const report = paced(
    (progress) => seen.push(progress),
    (from) => startPace(from, () => clock),
  );
  const step = (stage: string, done: number): void => {
    clock += stage === 'fast' ? 100 : 500;
    report({ stage, done, total: 4, unit: 'images' });
  };
  [1, 2, 3].forEach((done) => step('slow', done));
  [1, 2].forEach((done) => step('fast', done));
  expect(seen.map(({ rate, secondsLeft }) => [rate, secondsLeft])).toEqual([
    [undefined, undefined],
    [2, 1],
    [2, 0.5],
    [undefined, undefined],
    [10, 0.2],
  ]);
});
