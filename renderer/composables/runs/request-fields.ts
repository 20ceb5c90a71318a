import { z } from 'zod';
import { jobRequests, type JobKind, type JobRequest } from '../../../shared/api/index.js';
import type { ArtifactKind } from '../../../shared/project.js';
import type { Run } from './comparison.js';
import type { FieldSchema, Values } from './setting-form.js';

/** Kinds of jobs that there is a form for; a dataset is imported by its own wizard. */
export const formKinds = [
  'train',
  'localize',
  'saliency',
  'masks',
  'segment-train',
  'segment-predict',
  'evaluate',
  'export',
] as const;
export type FormKind = (typeof formKinds)[number];

export const isFormKind = (kind: unknown): kind is FormKind => formKinds.some((one) => one === kind);

/** What a field is about, where its schema alone does not say: which names are offered, whether it names what is new, and what a run must have learnt. */
export type Role =
  | { is: 'new'; kind: ArtifactKind }
  | { is: 'made'; kind: ArtifactKind; task?: Run['task'] }
  | { is: 'split' | 'domain' | 'epoch' | 'images' | 'path' | 'plain' };

/** A field of a request beside its settings. */
export interface RequestField {
  key: string;
  role: Role;
  schema: FieldSchema;
  required: boolean;
  /** Among the first that one sees. */
  main: boolean;
}

/** Fields that say the same in every kind of job. */
const common: Readonly<Record<string, Role>> = {
  split: { is: 'split' },
  domain: { is: 'domain' },
  epoch: { is: 'epoch' },
  previews: { is: 'images' },
  weights: { is: 'path' },
  groundTruth: { is: 'path' },
  to: { is: 'path' },
};

/** Fields that name sets: the one that is made, and those that it is made from. */
const named: Readonly<Record<FormKind, Readonly<Record<string, Role>>>> = {
  train: { run: { is: 'new', kind: 'run' } },
  localize: { run: { is: 'made', kind: 'run', task: 'classify' }, maps: { is: 'new', kind: 'maps' } },
  saliency: { saliency: { is: 'new', kind: 'saliency' } },
  masks: {
    masks: { is: 'new', kind: 'masks' },
    maps: { is: 'made', kind: 'maps' },
    saliency: { is: 'made', kind: 'saliency' },
  },
  'segment-train': {
    run: { is: 'new', kind: 'run' },
    masks: { is: 'made', kind: 'masks' },
    agreement: { is: 'made', kind: 'masks' },
    validate: { is: 'split' },
  },
  'segment-predict': {
    run: { is: 'made', kind: 'run', task: 'segment' },
    predictions: { is: 'new', kind: 'predictions' },
    weights: { is: 'plain' },
  },
  evaluate: {
    set: { is: 'made', kind: 'masks' },
    against: { is: 'made', kind: 'masks' },
    name: { is: 'new', kind: 'evaluation' },
  },
  export: { masks: { is: 'made', kind: 'masks' } },
};

/** Fields that stand among all settings: most people leave them as they are. */
const asides = [
  'device',
  'previews',
  'epoch',
  'raw',
  'convention',
  'groundTruth',
  'against',
  'agreement',
  'validate',
  'name',
  'labelled',
  'photos',
  'mode',
];
/** Fields with a place of their own in the form. */
const elsewhere = ['kind', 'preset', 'settings'];

interface ObjectSchema {
  properties: Record<string, FieldSchema & { anyOf?: FieldSchema[] }>;
  required?: string[];
}

const schemaOf = (kind: FormKind): ObjectSchema =>
  z.toJSONSchema(jobRequests[kind], { io: 'input' }) as unknown as ObjectSchema;

/** The fields of a kind of job, made from its request; values of null are one choice more. */
export function requestFields(kind: FormKind): RequestField[] {
  const { properties, required = [] } = schemaOf(kind);
  return Object.entries(properties)
    .filter(([key]) => !elsewhere.includes(key))
    .map(([key, { anyOf, ...schema }]) => ({
      key,
      role: named[kind][key] ?? common[key] ?? { is: 'plain' },
      schema: { ...schema, ...anyOf?.find(({ type }) => type !== 'null') },
      required: required.includes(key),
      main: !asides.includes(key),
    }));
}

/** Groups of settings that are not called as their kind of job. */
const groups: Readonly<Partial<Record<FormKind, string>>> = {
  'segment-train': 'segment',
  'segment-predict': 'predict',
};

/** The group of settings that requests of a kind choose from. */
export const settingGroupOf = (kind: FormKind): string => groups[kind] ?? kind;

/** Whether requests of a kind have settings, and presets of them. */
export const hasSettings = (kind: FormKind): boolean => 'settings' in schemaOf(kind).properties;
export const hasPresets = (kind: FormKind): boolean => 'preset' in schemaOf(kind).properties;

/** The values that a form begins with. */
export const firstValues = (kind: FormKind): Values =>
  Object.fromEntries(requestFields(kind).map(({ key, schema }) => [key, schema.default]));

/** The kind of the set that an evaluation measures or a segmenter learns from. */
export const measuredKind = (values: Values): ArtifactKind => (values.of as ArtifactKind | undefined) ?? 'masks';

/** A request as it is sent: empty texts and lists are left out, null stays. */
export function requestOf(kind: FormKind, values: Values, preset: string, settings: Values): JobRequest<FormKind> {
  const given = Object.entries(values).filter(([, value]) => {
    const empty = typeof value === 'string' && value.trim() === '';
    return value !== undefined && !empty && !(Array.isArray(value) && value.length === 0);
  });
  const trimmed = given.map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]);
  return {
    kind,
    ...Object.fromEntries(trimmed),
    ...(hasPresets(kind) ? { preset } : {}),
    ...(hasSettings(kind) ? { settings } : {}),
  } as JobRequest<FormKind>;
}

/** A name that is free: `name`, else `name-2`, `name-3`, ... whatever the case of those taken. */
export function freeName(name: string, taken: readonly string[]): string {
  const lower = taken.map((one) => one.toLowerCase());
  const stem = name.replace(/-\d+$/, '');
  for (let n = 2; lower.includes(name.toLowerCase()); n++) name = `${stem}-${n}`;
  return name;
}

/** Fields that a job may be called by, the set that it makes before what it is made from. */
const titles = ['name', 'maps', 'saliency', 'masks', 'set', 'evaluation', 'run', 'dataset'] as const;

/** What a job is called by: the set that it makes or measures, or what it reads. */
export function titleOf(request: JobRequest<JobKind>): string {
  const fields: Readonly<Partial<Record<string, unknown>>> = request;
  const own = isFormKind(request.kind) ? Object.entries(named[request.kind]).find(([, { is }]) => is === 'new') : undefined; // prettier-ignore
  const found = [own?.[0], ...titles].map((key) => (key === undefined ? undefined : fields[key]));
  return String(found.find((value) => typeof value === 'string') ?? '');
}
