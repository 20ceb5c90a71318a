import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import { api, engineEventSchema, topics, urlOf, type EngineEvent, type Job, type JobAction, type Topic } from '../../shared/api/index.js'; // prettier-ignore
import { engine } from '../api/engine.js';

const eventNames: EngineEvent['type'][] = ['job', 'job-removed', 'changed'];

/** Milliseconds until a refused stream is asked for again; the last one for all later ones. */
const AGAIN = [2000, 5000, 15_000, 30_000] as const;

/** The jobs of the project that is shown, as the engine tells of them, and what has changed through them. */
export const useJobs = defineStore('jobs', () => {
  const jobs = reactive(new Map<number, Job>());
  /** Counts the changes of each part of the project: who shows one watches its number and asks again. */
  const changes = reactive<Record<Topic, number>>({ images: 0, sets: 0, runs: 0, references: 0 });
  const connected = ref(false);
  let project = '';
  let stream: EventSource | null = null;
  let refusals = 0;
  let again: ReturnType<typeof setTimeout> | undefined;

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
    jobs.clear();
    [project, refusals] = [key, 0];
    open();
  }

  function open(): void {
    stream?.close();
    clearTimeout(again);
    const mine = (stream = new EventSource(urlOf(api.events.stream, { params: { project } })));
    let wasOpen = false;
    mine.onopen = () => {
      // What happened meanwhile was told to nobody.
      if (wasOpen || refusals > 0) topics.forEach((topic) => changes[topic]++);
      [connected.value, wasOpen, refusals] = [true, true, 0];
    };
    mine.onerror = () => {
      connected.value = false;
      // A browser tries again where nobody answers, and gives up where it is refused: by an engine that was started anew.
      if (mine.readyState !== EventSource.CLOSED || mine !== stream) return;
      again = setTimeout(open, AGAIN[Math.min(refusals++, AGAIN.length - 1)]);
    };
    for (const type of eventNames) {
      mine.addEventListener(type, ({ data }: MessageEvent<string>) => {
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
