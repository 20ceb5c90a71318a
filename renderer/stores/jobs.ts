import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import { api, engineEventSchema, urlOf, type EngineEvent, type Job, type JobAction, type Topic } from '../../shared/api/index.js'; // prettier-ignore
import { engine } from '../api/engine.js';

const eventNames: EngineEvent['type'][] = ['job', 'job-removed', 'changed'];

/** The jobs of the project that is shown, as the engine tells of them, and what has changed through them. */
export const useJobs = defineStore('jobs', () => {
  const jobs = reactive(new Map<number, Job>());
  /** Counts the changes of each part of the project: who shows one watches its number and asks again. */
  const changes = reactive<Record<Topic, number>>({ images: 0, sets: 0, runs: 0, references: 0 });
  const connected = ref(false);
  let project = '';
  let stream: EventSource | null = null;

  const working = computed(() => [...jobs.values()].find(({ state }) => ['running', 'pausing', 'stopping', 'cancelling'].includes(state))); // prettier-ignore
  const waiting = computed(() => [...jobs.values()].filter(({ state }) => state === 'queued').length);

  function take(event: EngineEvent): void {
    if (event.type === 'job') jobs.set(event.job.id, event.job);
    else if (event.type === 'job-removed') jobs.delete(event.id);
    else event.topics.forEach((topic) => changes[topic]++);
  }

  /** Listens to a project in place of the one before. */
  function listen(key: string): void {
    if (key === project && stream) return;
    stream?.close();
    jobs.clear();
    project = key;
    stream = new EventSource(urlOf(api.events.stream, { params: { project } }));
    stream.onopen = () => (connected.value = true);
    stream.onerror = () => (connected.value = false);
    for (const type of eventNames) {
      stream.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const event = engineEventSchema.safeParse({ type, ...(JSON.parse(data) as object) });
        if (event.success) take(event.data);
      });
    }
  }

  /** Listens to the project of a job, and hears how it ended even where that was before the first word came. */
  function follow(key: string, job: number): void {
    listen(key);
    const ask = (): void => void engine.call(api.jobs.get, { params: { project: key, job } }).then((now) => take({ type: 'job', job: now }), () => undefined); // prettier-ignore
    if (stream?.readyState === EventSource.OPEN) ask();
    else stream?.addEventListener('open', ask, { once: true });
  }

  /** Asks something of a job. Throws what the engine says against it. */
  async function act(job: number, action: JobAction): Promise<void> {
    take({ type: 'job', job: await engine.call(api.jobs.act, { params: { project, job }, body: { action } }) });
  }

  return { jobs, changes, connected, working, waiting, take, listen, follow, act };
});
