import { describe, expect, it } from 'vitest';
import { forEachInFlight } from '../../../shared/in-flight.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work in flight', () => {
  it('does every item once, in order, never more at a time than allowed', async () => {
    const started: number[] = [];
    let [now, most] = [0, 0];
    await forEachInFlight(Array.from({ length: 20 }, (_, at) => at).values(), 3, async (item) => {
      started.push(item);
      most = Math.max(most, ++now);
      await tick();
      now--;
    });
    expect(started).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(most).toBe(3);
  });

  it('rejects with the first error once the others have ended', async () => {
    const ended: number[] = [];
    const work = forEachInFlight([0, 1, 2, 3, 4], 2, async (item) => {
      await tick();
      if (item === 1) throw new Error('broken');
      await tick();
      ended.push(item);
    });
    await expect(work).rejects.toThrow('broken');
    expect(ended).toEqual([0]);
  });

  it('rejects when the items themselves fail', async () => {
    const failing = function* (): Generator<number> {
      yield 1;
      throw new Error('store closed');
    };
    await expect(forEachInFlight(failing(), 2, tick)).rejects.toThrow('store closed');
  });

  it('starts nothing after an abort', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    await forEachInFlight(
      [0, 1, 2, 3],
      1,
      async (item) => {
        done.push(item);
        if (item === 1) abort.abort();
      },
      abort.signal,
    );
    expect(done).toEqual([0, 1]);
  });
});
