import { describe, expect, it } from 'vitest';
import { restartDelay } from '../../../../../electron/main/engine/back-off.js';

describe('restarting an engine that dies', () => {
  it('waits twice as long each time', () => {
    const deaths = [0, 1000, 2000, 3000, 4000];
    expect(deaths.map((now, i) => restartDelay(deaths.slice(0, i + 1), now))).toEqual([250, 500, 1000, 2000, 4000]);
  });

  it('gives up at the sixth death within two minutes', () => {
    expect(restartDelay([0, 1, 2, 3, 4, 5], 5)).toBeNull();
    expect(restartDelay([0, 1, 2, 3, 4, 120_005], 120_005)).toBe(250);
  });
});
