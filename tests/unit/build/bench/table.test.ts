import { describe, expect, it } from 'vitest';
import { benches, chosen } from '../../../../build/bench/plan.mjs';
import { figuresOf, tableOf } from '../../../../build/bench/table.mjs';

const round = (seconds: number, items = 1): object => ({ seconds, processorSeconds: 2 * seconds, items });
const side = (rounds: object[], gigabytes = 1): any => ({ versions: {}, rounds, peakBytes: gigabytes * 1e9 });

describe('the benches that are asked for', () => {
  it('are all without a name, else those named, in the order of the list', () => {
    expect(chosen([]).benches).toEqual(benches);
    expect(chosen(['forward', 'step']).benches!.map(({ name }) => name)).toEqual(['step', 'forward']);
    expect(chosen(['step', 'nonsense'])).toEqual({ unknown: ['nonsense'] });
  });
});

describe('the figures of a bench', () => {
  const bench: any = { about: 'work', unit: 'round', set: false, goal: { ratio: 1, gigabytes: 2 } };

  it('are medians, the ratio that of the rounds next to each other', () => {
    const sides: any = { ours: side([round(1), round(9), round(2)]), peer: side([round(2), round(3), round(1)]) };
    expect(figuresOf(bench, sides)).toMatchObject({ seconds: 2, peerSeconds: 2, ratio: 2, met: false });
  });

  it('are of the whole where the rounds are parts of one job', () => {
    const sides: any = { ours: side([round(30, 10), round(10, 10)]), peer: side([round(4), round(4)]) };
    const figures = figuresOf({ ...bench, set: true }, sides);
    expect(figures).toMatchObject({ seconds: 2, peerSeconds: 4, ratio: 0.5, processorRatio: 0.5, met: true });
  });

  it('meet no goal with too much memory or time', () => {
    const sides: any = { ours: side([round(1)], 3), peer: side([round(2)]) };
    expect(figuresOf(bench, sides).met).toBe(false);
    const alone = { ...bench, goal: { seconds: 1 } };
    expect(figuresOf(alone, { ours: side([round(1)]) } as any)).toMatchObject({ ratio: null, met: false });
  });

  it('stand in a table with the goals, and what was skipped says why', () => {
    const sides: any = { ours: side([round(1)]), peer: side([round(2)]) };
    const table = tableOf([
      { bench, figures: figuresOf(bench, sides) },
      { bench, figures: figuresOf(bench, { ours: side([round(1)]) } as any) },
      { bench, skipped: 'skipped: no model' },
      { bench: { ...bench, goal: {} }, figures: figuresOf({ ...bench, goal: {} }, sides) },
    ] as any);
    expect(table.split('\n').slice(2)).toEqual([
      '| work | 1.000 s a round | 2.000 s | 0.500 | 0.500 | 1.00 GB (1.00) | <= 1.000x, <= 2 GB | yes |',
      '| work | 1.000 s a round |  |  |  | 1.00 GB | <= 1.000x, <= 2 GB | yes |',
      '| work |  |  |  |  |  | <= 1.000x, <= 2 GB | skipped: no model |',
      '| work | 1.000 s a round | 2.000 s | 0.500 | 0.500 | 1.00 GB (1.00) |  |  |',
    ]);
  });
});
