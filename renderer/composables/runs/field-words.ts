import type { Job } from '../../../shared/api/index.js';
import { exportFormatNames, type ArtifactKind } from '../../../shared/project.js';
import { domains } from '../../../shared/types.js';
import type { MadeSet, Run } from './comparison.js';
import { groupedJobs } from './jobs.js';
import { freeName, measuredKind, titleOf, type FormKind, type RequestField } from './request-fields.js';
import type { Values } from './setting-form.js';

/** What a project has to choose from. */
export interface Offered {
  sets: readonly MadeSet[];
  /** Trainings, which say what they learn. */
  runs: readonly Pick<Run, 'name' | 'task'>[];
  jobs: readonly Job[];
  splits: readonly string[];
}

/** A word to choose: its value, and the text by which it is shown, a key of the locales or the value itself. */
export interface Word {
  value: unknown;
  text?: string;
}

/** What a job makes, by its kind; others make no set. */
const makes: Partial<Record<Job['kind'], ArtifactKind>> = { train: 'run', localize: 'maps', saliency: 'saliency', masks: 'masks', 'segment-train': 'run' }; // prettier-ignore
const kindMade = (request: Job['request']): ArtifactKind | undefined =>
  request.kind === 'segment-predict' ? request.as : makes[request.kind];
const taskOf = (request: Job['request']): Run['task'] => (request.kind === 'segment-train' ? 'segment' : 'classify');

/** Names of the sets of a kind, the newest first, and of those that jobs will make; of runs those of a task, if one is named. */
export function namesOf(
  kind: ArtifactKind,
  { sets, runs, jobs }: Pick<Offered, 'sets' | 'runs' | 'jobs'>,
  task?: Run['task'],
): string[] {
  const { working, waiting } = groupedJobs(jobs);
  const coming = [...working, ...waiting]
    .filter(({ request }) => kindMade(request) === kind && (task === undefined || taskOf(request) === task))
    .map(({ request }) => titleOf(request));
  const fits = (name: string): boolean =>
    task === undefined || runs.some((run) => run.name === name && run.task === task);
  const there = sets
    .filter((set) => set.kind === kind && fits(set.name))
    .sort((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1));
  return [...new Set([...coming, ...there.map(({ name }) => name)])];
}

/** The words of a field that is a choice though its schema is a text; undefined for others. Empty means "leave out". */
export function wordsOf(
  { key, role, required, schema }: RequestField,
  values: Values,
  offered: Offered,
): Word[] | undefined {
  // prettier-ignore
  const optional: Word[] = required ? [] : [{ value: undefined, text: 'runs.form.without' }];
  if (role.is === 'made') {
    const kind = key === 'set' || (key === 'masks' && values.of) ? measuredKind(values) : role.kind;
    return [...optional, ...namesOf(kind, offered, role.task).map((value) => ({ value }))];
  }
  if (key === 'validate') return [{ value: undefined, text: 'runs.form.automatic' }, ...offered.splits.map((value) => ({ value })), { value: null, text: 'runs.form.without' }]; // prettier-ignore
  if (role.is === 'split') return [{ value: undefined, text: 'runs.form.all' }, ...offered.splits.map((value) => ({ value }))]; // prettier-ignore
  if (role.is === 'domain') return [...domains.map((value) => ({ value, text: `domain.${value}` })), { value: null, text: 'runs.form.all' }]; // prettier-ignore
  if (key === 'format') return exportFormatNames.map((value) => ({ value }));
  if (key === 'of' || key === 'as') return schema.enum!.map((value) => ({ value, text: `runs.set.${value}` }));
  if (schema.enum && !required) {
    const plain = schema.default === undefined ? [{ value: undefined, text: 'runs.form.automatic' }] : [];
    // A training that was left is gone on with from its own page, with the values it was begun with.
    return [
      ...plain,
      ...schema.enum.filter((value) => value !== 'resume').map((value) => ({ value, text: `runs.word.${value}` })),
    ];
  }
  return undefined;
}

/** Names that new sets are called by at first. */
const names: Partial<Record<FormKind, [key: string, kind: ArtifactKind, name: string]>> = {
  train: ['run', 'run', 'run-1'],
  localize: ['maps', 'maps', 'maps-1'],
  saliency: ['saliency', 'saliency', 'saliency-1'],
  masks: ['masks', 'masks', 'masks-1'],
  'segment-train': ['run', 'run', 'segmenter-1'],
  'segment-predict': ['predictions', 'predictions', 'predictions-1'],
};

/** What a form begins with: a free name, the newest of what it is made from, the images to learn from. */
export function proposed(kind: FormKind, fields: readonly RequestField[], offered: Offered): Values {
  const values: Values = {};
  for (const { key, role, main } of fields) {
    // What is hidden at first stays empty: masks would be measured against themselves.
    if (role.is === 'made' && main) values[key] = namesOf(role.kind, offered, role.task)[0];
    if (key === 'split' && kind !== 'evaluate' && kind !== 'export') values[key] = offered.splits.find((split) => split === (kind === 'segment-predict' ? 'val' : 'train')); // prettier-ignore
  }
  if (kind === 'export') values.format = exportFormatNames[0];
  if (kind === 'evaluate' || kind === 'segment-train') values.of = 'masks';
  const own = names[kind];
  // Predictions may become masks: their name is free among both.
  const kinds: ArtifactKind[] = kind === 'segment-predict' ? ['predictions', 'masks'] : own ? [own[1]] : [];
  if (own) values[own[0]] = freeName(own[2], kinds.flatMap((one) => namesOf(one, offered))); // prettier-ignore
  return values;
}
