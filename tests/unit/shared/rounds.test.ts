import { describe, expect, it } from 'vitest';
import { lineOf, type Round } from '../../../shared/rounds.js';

const round = (evaluation: string, day: number, over: Partial<Round> = {}): Round => ({
  evaluation,
  kind: 'predictions',
  set: evaluation,
  split: 'val',
  against: null,
  mIoU: 0.5,
  corrected: 0,
  run: null,
  weights: null,
  measuredAt: `2026-01-0${day}`,
  ...over,
});
const line = { kind: 'predictions', split: 'val', against: null } as const;
const steps = (rounds: Round[]) => lineOf(rounds, line).map(({ evaluation, step, fixed }) => [evaluation, step, fixed]);

describe('the rounds of a line', () => {
  it('are those of the same kind, split and reference, in the order of time', () => {
    const others = [round('maps', 2, { kind: 'maps' }), round('train', 2, { split: 'train' }), round('agreement', 2, { against: 'fused' })]; // prettier-ignore
    expect(steps([round('second', 3), ...others, round('first', 1)])).toEqual([
      ['first', 'before', 0],
      ['second', 'again', 0],
    ]);
  });

  it('say what has happened since the one before', () => {
    const [deeplab, better] = [
      { run: 'deeplab', weights: 'a' },
      { run: 'better', weights: 'b' },
    ];
    const all = [
      round('before', 1, deeplab),
      round('retrained', 2, { ...better, corrected: 12 }),
      round('same', 3, { ...better, corrected: 12 }),
      round('anew', 4, { run: 'better', weights: 'c', corrected: 12 }),
    ];
    expect(steps(all)).toEqual([
      ['before', 'before', 0],
      ['retrained', 'retrained', 12],
      ['same', 'again', 0],
      ['anew', 'retrained', 0],
    ]);
  });

  it('count masks that were fixed where no segmenter is behind them, also after one of which less is known', () => {
    const all = [
      round('old', 1, { corrected: null }),
      round('fixed', 2, { corrected: 3 }),
      round('more', 3, { corrected: 5 }),
    ];
    expect(steps(all)).toEqual([
      ['old', 'before', 0],
      ['fixed', 'fixed', 3],
      ['more', 'fixed', 2],
    ]);
  });
});
