import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actionsOf,
  isPending,
  isWorking,
  jobActions,
  jobStates,
  nextState,
  type JobEvent,
  type JobState,
} from '../../../../shared/api/job-states.js';

const events: JobEvent[] = [...jobActions, 'start', 'finished', 'interrupted', 'broken', 'recovered'];

describe('the states of a job', () => {
  it.each([
    ['queued', ['start', 'finished'], 'done'],
    ['queued', ['start', 'pause', 'interrupted', 'resume', 'start', 'finished'], 'done'],
    ['queued', ['start', 'pause', 'finished'], 'done'],
    ['queued', ['start', 'stop', 'interrupted'], 'stopped'],
    ['queued', ['start', 'pause', 'cancel', 'interrupted'], 'cancelled'],
    ['queued', ['start', 'recovered'], 'queued'],
    ['queued', ['start', 'pause', 'recovered'], 'paused'],
    ['queued', ['start', 'broken', 'resume'], 'queued'],
    ['queued', ['pause', 'start'], null],
    ['queued', ['cancel', 'resume'], null],
    ['done', ['cancel'], null],
  ] as const)('lead from %s by %j to %s', (from, happening, to) => {
    const end = happening.reduce<JobState | null>((state, event) => state && nextState(state, event), from);
    expect(end).toBe(to);
  });

  it('let work that is under way end in every way, and no work without a start (seed 3)', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (happening) => {
        let state: JobState = 'queued';
        for (const event of happening) {
          const next = nextState(state, event);
          if (next === null) continue;
          if (isWorking(next)) expect(event === 'start' || isWorking(state)).toBe(true);
          if (event === 'recovered' || event === 'finished') expect(isWorking(next)).toBe(false);
          state = next;
        }
        if (isWorking(state)) {
          for (const event of ['finished', 'broken', 'interrupted', 'recovered'] as const) {
            expect(nextState(state, event)).not.toBeNull();
          }
        }
      }),
      { seed: 3 },
    );
  });

  it.each(jobStates)('offer what can be asked in %s, and something wherever it stands in the queue', (state) => {
    for (const action of jobActions) expect(actionsOf(state).includes(action)).toBe(nextState(state, action) !== null);
    if (isPending(state) && state !== 'cancelling') expect(actionsOf(state)).not.toEqual([]);
  });
});
