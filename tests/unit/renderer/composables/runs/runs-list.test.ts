import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { engine } from '../../../../../renderer/api/engine.js';
import { useRuns } from '../../../../../renderer/composables/runs/useRuns.js';
import { useJobs } from '../../../../../renderer/stores/jobs.js';
import { useProject } from '../../../../../renderer/stores/project.js';
import { api } from '../../../../../shared/api/index.js';

it('asks for the trainings again with every epoch, and not with every step', async () => {
  setActivePinia(createPinia());
  const call = vi.spyOn(engine, 'call').mockImplementation(async (route) => (route === (api.runs.list as never) ? { runs: [] } : { sets: [] }) as never); // prettier-ignore
  const lists = (): number => call.mock.calls.filter(([route]) => route === (api.runs.list as never)).length;
  useProject().key = 'p';
  const scope = effectScope();
  scope.run(() => useRuns());
  const at = async (part: number, done: number): Promise<number> => {
    const progress = { stage: 'epoch', part, parts: 3, done, total: 10, unit: 'images' };
    useJobs().take({ type: 'job', job: { id: 1, kind: 'train', state: 'running', progress } as never });
    await flushPromises();
    return lists();
  };
  await flushPromises();
  expect([lists(), await at(1, 2), await at(1, 7), await at(2, 1), await at(2, 9)]).toEqual([1, 2, 2, 3, 3]);
  scope.stop();
  vi.restoreAllMocks();
});
