import type { AnswerOf, api } from '../../../shared/api/index.js';

/** What the engine tells of a group of settings. */
export type SettingGroup = AnswerOf<typeof api.settings.list>['groups'][number];
export type Values = Record<string, unknown>;

/** JSON Schema of one setting or field, as far as forms know it. */
export interface FieldSchema {
  type?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  items?: FieldSchema;
  description?: string;
  default?: unknown;
  'x-unit'?: string;
}

/** How a value is put in. */
export type FieldKind = 'choice' | 'choices' | 'flag' | 'number' | 'numbers' | 'text';

export const schemasOf = ({ schema }: SettingGroup): Record<string, FieldSchema> =>
  (schema as { properties: Record<string, FieldSchema> }).properties;

/** How a value of this schema is put in. */
export function fieldKind({ type, enum: words, items }: FieldSchema): FieldKind {
  if (words) return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return items?.enum ? 'choices' : items?.type === 'string' ? 'text' : 'numbers';
  return 'text';
}

export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The values under a preset with those that go with what is chosen, before anything else that a person sets. */
export function presetValues({ presets, variants }: SettingGroup, preset: string, chosen: Values): Values {
  const plain = presets[preset] ?? {};
  if (!variants || (preset !== 'studio' && !variants.everyPreset)) return plain;
  const by = String({ ...plain, ...chosen }[variants.by]);
  return { ...plain, ...variants.values[by] };
}

/** What a person has set that differs from the preset: all that has to be sent. */
export function changedValues(group: SettingGroup, preset: string, chosen: Values): Values {
  const before = presetValues(group, preset, chosen);
  return Object.fromEntries(Object.entries(chosen).filter(([key, value]) => !sameValue(value, before[key])));
}

/** A complaint about a value: a text of `runs.invalid` with its numbers. */
export interface Complaint {
  text: 'required' | 'number' | 'whole' | 'least' | 'most' | 'word';
  limit?: number;
}

/** What is wrong with one number. */
function numberComplaint(value: unknown, { type, minimum, maximum }: FieldSchema): Complaint | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { text: 'number' };
  if (type === 'integer' && !Number.isInteger(value)) return { text: 'whole' };
  if (minimum !== undefined && value < minimum) return { text: 'least', limit: minimum };
  if (maximum !== undefined && value > maximum) return { text: 'most', limit: maximum };
  return null;
}

/** What is wrong with a value, or null. */
export function complaintOf(value: unknown, schema: FieldSchema): Complaint | null {
  const kind = fieldKind(schema);
  if (kind === 'number') return numberComplaint(value, schema);
  if (kind === 'numbers') {
    if (!Array.isArray(value)) return { text: 'number' };
    return value.map((one) => numberComplaint(one, schema.items ?? {})).find((found) => found !== null) ?? null;
  }
  if (kind === 'choice') return schema.enum!.includes(String(value)) ? null : { text: 'word' };
  return null;
}

/** A typed text as the value that the schema expects; what is no number stays a text, for complaintOf to say so. */
export function valueOf(typed: string, schema: FieldSchema): unknown {
  const asNumber = (word: string): unknown => (word === '' || Number.isNaN(Number(word)) ? word : Number(word));
  if (fieldKind(schema) === 'number') return asNumber(typed.trim());
  if (fieldKind(schema) !== 'numbers') return typed;
  const words = typed.split(/[,\s]+/).filter(Boolean);
  return words.map(asNumber);
}

/** A value as it is typed. */
export const typedOf = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The largest whole number of JavaScript, which JSON Schema has for "no limit". */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Range of a number's values as it is shown; an end without a limit is null. Null where there is none at all. */
export function rangeOf(schema: FieldSchema): { from: number | null; to: number | null } | null {
  const { minimum, maximum } = schema.items ?? schema;
  const from = minimum === undefined || minimum <= -NO_LIMIT ? null : minimum;
  const to = maximum === undefined || maximum >= NO_LIMIT ? null : maximum;
  return from === null && to === null ? null : { from, to };
}

/** Settings whose key or text has all words that are looked for, by the part of the key before the dot. */
export function foundSections(
  schemas: Record<string, FieldSchema>,
  wanted: string,
): { name: string; keys: string[] }[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const keys = Object.keys(schemas).filter((key) => {
    const text = `${key} ${schemas[key].description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const names = [...new Set(keys.map(sectionOf))];
  return names.map((name) => ({ name, keys: keys.filter((key) => sectionOf(key) === name) }));
}

const sectionOf = (key: string): string => (key.includes('.') ? key.slice(0, key.indexOf('.')) : '');
