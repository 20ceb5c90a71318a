import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef } from 'vue';
import { api, type AnswerOf, type Job, type OpenProject, type RequestOf } from '../../shared/api/index.js';
import { StudioError } from '../../shared/errors.js';
import { engine } from '../api/engine.js';
import { changesOf, draftsOf, type ClassDraft } from '../composables/class-rows.js';
import { projectFailures } from '../composables/failures.js';
import { useJobs } from './jobs.js';
import { useProject } from './project.js';

export type Found = AnswerOf<typeof api.projects.dryRun>;
type CreateBody = RequestOf<typeof api.projects.create>['body'];

/** Steps of the wizard, in order. */
export const importSteps = ['source', 'check', 'classes', 'project', 'import'] as const;
export type ImportStep = (typeof importSteps)[number];

/** What is typed; empty fields are left out of the request. */
interface Source {
  dataset: string;
  format: string;
  labels: string;
  classes: string;
  difficult: boolean;
}

const emptySource = (): Source => ({ dataset: '', format: 'auto', labels: '', classes: '', difficult: true });

/** Importing a dataset into a new project: what to read, what was found, how it shall be called, how far it is. */
export const useImporting = defineStore('importing', () => {
  const [jobs, projects] = [useJobs(), useProject()];
  const step = ref<ImportStep>('source');
  const source = reactive(emptySource());
  const target = reactive({ name: '', folder: '', domain: 'target' as NonNullable<CreateBody['domain']> });
  const busy = ref(false);
  const error = shallowRef<unknown>(null);
  const found = shallowRef<Found | null>(null);
  const classes = ref<ClassDraft[]>([]);
  const project = shallowRef<OpenProject | null>(null);
  const started = shallowRef<Job | null>(null);
  /** What the import could not use, once it is over. */
  const failures = shallowRef<Awaited<ReturnType<typeof projectFailures>> | null>(null);
  const job = computed(() => (started.value ? (jobs.jobs.get(started.value.id) ?? started.value) : null));

  const request = () => ({
    dataset: source.dataset.trim(),
    format: source.format,
    labels: source.labels.trim() || undefined,
    classes: source.classes.trim() || undefined,
    difficult: source.difficult,
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true;
    error.value = null;
    await work().catch((reason: unknown) => (error.value = reason));
    busy.value = false;
  }

  /** Looks at the dataset without writing anything, and proposes a name and a place for the project. */
  const check = (): Promise<void> =>
    attempt(async () => {
      found.value = await engine.call(api.projects.dryRun, { body: request() });
      classes.value = draftsOf(found.value.classes);
      const path = source.dataset.trim().replace(/[/\\]+$/, '');
      target.name ||= path.split(/[/\\]/).at(-1) ?? '';
      target.folder ||= `${path}-comask`;
      step.value = 'check';
    });

  /** Makes the project and lets the engine import into it. */
  const start = (): Promise<void> =>
    attempt(async () => {
      const map = changesOf(classes.value);
      const body = { ...request(), ...(map.length > 0 ? { map } : {}), format: found.value?.format ?? source.format, folder: target.folder.trim(), name: target.name.trim() || undefined, domain: target.domain }; // prettier-ignore
      const made = await engine.call(api.projects.create, { body });
      [project.value, started.value] = [made.project, made.job];
      jobs.follow(made.project.key, made.job.id);
      step.value = 'import';
    });

  /** After the last word of the job: the figures and problems of the new project. */
  async function finish(): Promise<void> {
    if (!project.value || !job.value) return;
    if (job.value.error) error.value = new StudioError(job.value.error);
    await projects.show(project.value.key);
    failures.value = await projectFailures(project.value.key).catch((reason: unknown) => {
      error.value = reason;
      return null;
    });
  }

  /** Imports the same once more: what failed is tried again, what is there stays. */
  const retry = (): Promise<void> =>
    attempt(async () => {
      if (!project.value || job.value?.request.kind !== 'import') return;
      const { key } = project.value;
      failures.value = null;
      started.value = await engine.call(api.jobs.add, { params: { project: key }, body: job.value.request });
      jobs.follow(key, started.value.id);
    });

  function begin(): void {
    Object.assign(source, emptySource());
    Object.assign(target, { name: '', folder: '', domain: 'target' });
    step.value = 'source';
    classes.value = [];
    [error.value, found.value, project.value, started.value, failures.value] = [null, null, null, null, null];
  }

  return {
    step,
    source,
    target,
    busy,
    error,
    found,
    classes,
    project,
    job,
    failures,
    check,
    start,
    finish,
    retry,
    begin,
  };
});
