import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kindOf } from '../../../../../../electron/engine/jobs/queue/kinds/index.js';
import { isWorking, jobActions } from '../../../../../../shared/api/job-states.js';
import { StudioError } from '../../../../../../shared/errors.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';
import { fakeQueue, jobRequest, settle, type FakeQueue } from '../../../../../support/queue.js';

const requests = [
  jobRequest({ kind: 'train', run: 'a', settings: { backbone: 'tiny' } }),
  jobRequest({ kind: 'localize', run: 'a', maps: 'm' }),
  jobRequest({ kind: 'evaluate', of: 'maps', set: 'm' }),
  jobRequest({ kind: 'import', dataset: '/nowhere' }),
];
const number = fc.nat({ max: 7 });
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), which: fc.nat({ max: requests.length - 1 }) }),
  fc.record({ do: fc.constantFrom(...jobActions), which: number }),
  fc.record({
    do: fc.constantFrom('finish' as const, 'break' as const, 'move' as const, 'kill' as const),
    which: number,
  }),
);

/** One engine: a thread for every job that works and none beside, one a lane, and only jobs that were started. */
function check({ queue, running }: FakeQueue): void {
  const working = queue.list().filter(({ state }) => isWorking(state));
  const heard = working.filter(({ state }) => state === 'running');
  expect(running.map(({ kind }) => kind).sort()).toEqual(heard.map(({ kind }) => kind).sort());
  const lanes = working.map(({ kind }) => kindOf(kind).lane);
  expect(new Set(lanes).size).toBe(lanes.length);
}

it('keeps its promises whatever happens in whatever order (seed 5)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const folder = smallProject(temporaryFolder(), 1);
      let q = fakeQueue(folder);
      let added = 0;
      for (const { do: what, which } of steps) {
        const id = 1 + which;
        if (what === 'add') {
          q.queue.add(requests[which]);
          added++;
        } else if (what === 'finish') await q.running[which % Math.max(1, q.running.length)]?.finish();
        else if (what === 'break') await q.running[which % Math.max(1, q.running.length)]?.fail(new Error('broken'));
        else if (what === 'kill') {
          q.project.close();
          q = fakeQueue(folder);
        } else {
          const before = q.queue.list().map(({ id: job, state }) => [job, state]);
          try {
            if (what === 'move') q.queue.move(id, null);
            else q.queue.act(id, what);
          } catch (error) {
            expect(error).toBeInstanceOf(StudioError);
            expect(['job-state', 'job-missing']).toContain((error as StudioError).code);
            expect(q.queue.list().map(({ id: job, state }) => [job, state])).toEqual(before);
          }
        }
        check(q);
        await settle();
        check(q);
        expect(q.queue.list()).toHaveLength(added);
      }
      await q.queue.close();
      expect(q.queue.list().filter(({ state }) => isWorking(state))).toEqual([]);
    }),
    { seed: 5, numRuns: 20 },
  );
});
