import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { engine } from '../../../../renderer/api/engine.js';
import { useJobs } from '../../../../renderer/stores/jobs.js';
import { useSample } from '../../../../renderer/stores/sample.js';
import type { Job } from '../../../../shared/api/index.js';

const project = { key: 'k', root: '/home/a/Comask Sample', name: 'Comask Sample' };
const job = (state: Job['state'], done = 0, error: Job['error'] = null) =>
  ({ id: 7, kind: 'sample', state, error, progress: { stage: 'drawing', done, total: 100, unit: '%' } }) as Job;

let jobs: ReturnType<typeof useJobs>;
let sample: ReturnType<typeof useSample>;
const call = vi.spyOn(engine, 'call');
beforeEach(() => {
  setActivePinia(createPinia());
  jobs = useJobs();
  sample = useSample();
  vi.spyOn(jobs, 'follow').mockImplementation(() => undefined);
});

it('is there at once when it was made before', async () => {
  call.mockResolvedValueOnce({ project, job: null } as never);
  expect(await sample.open()).toBe('k');
});

it('tells how far it is, and is there when its job is done', async () => {
  call.mockResolvedValueOnce({ project, job: job('running') } as never);
  const opening = sample.open();
  await flushPromises();
  jobs.take({ type: 'job', job: job('running', 40) });
  expect([sample.busy, sample.percent]).toEqual([true, 40]);
  expect(await sample.open()).toBeNull();
  jobs.take({ type: 'job', job: job('done', 100) });
  expect(await opening).toBe('k');
  expect([sample.busy, sample.error]).toEqual([false, null]);
});

it('says why it failed, or that it was stopped', async () => {
  for (const [state, error] of [['failed', { code: 'disk-full', message: 'no space left' }], ['cancelled', null]] as const) {
    call.mockResolvedValueOnce({ project, job: job('running') } as never);
    const opening = sample.open();
    await flushPromises();
    jobs.take({ type: 'job', job: job(state, 40, error) });
    expect(await opening).toBeNull();
    expect([sample.error, sample.stopped]).toEqual(error ? [expect.objectContaining({ code: 'disk-full' }), false] : [null, true]);
  }
}); // prettier-ignore
