import { z } from 'zod';
import { StudioError } from '../errors.js';

/**
 * `paper` and `reference` are the two readings of the method: what the paper says, and what its published code does
 * (docs/method.md). `studio` is what we recommend: the defaults, where small datasets learn and maps come out best.
 */
export const presets = ['studio', 'paper', 'reference'] as const;
export type Preset = (typeof presets)[number];

/**
 * One setting, declared once: flag, form, help and file check derive from it. Its text is in
 * `shared/locales/<language>/settings.json` under `<group>.<key>`.
 */
export interface Setting<T = unknown> {
  schema: z.ZodType<T>;
  default: T;
  /** Values that a preset has in place of the default. */
  presets?: Partial<Record<Preset, T>>;
  /** What the number counts, e.g. `px` or `epochs`. */
  unit?: string;
}

export type SettingTable = Record<string, Setting<never>>;
// `Setting<never>` above only widens what a table may hold; the values' types come from each entry.
type ValueOf<S> = S extends Setting<infer T> ? T : never;
export type ValuesOf<Table> = { [Key in keyof Table]: ValueOf<Table[Key]> };

/** Recommended values that go with the value of one setting, e.g. of the backbone. */
export interface Variants<Table> {
  by: keyof Table & string;
  /** Whether they hold under every preset; else under `studio` only. */
  everyPreset?: boolean;
  values: Readonly<Record<string, Partial<ValuesOf<Table>>>>;
}

export interface SettingGroup<Table> {
  name: string;
  table: Table;
  variants: Variants<Table> | null;
  keys: (keyof Table & string)[];
  schema: z.ZodType<ValuesOf<Table>>;
  /** All values under a preset, before anything a person sets. */
  defaults(preset?: Preset): ValuesOf<Table>;
  /**
   * Checks a record of values (a settings file, a form) over the defaults of a preset and the variant it asks for.
   * Throws `settings-invalid`.
   */
  resolve(values?: Partial<Record<string, unknown>>, preset?: Preset): ValuesOf<Table>;
  /** Reads `key=value` strings as typed on a command line. Throws `settings-invalid` naming the key. */
  parseOverrides(pairs: readonly string[]): Partial<ValuesOf<Table>>;
}

export type GroupValues<Group> = Group extends SettingGroup<infer Table> ? ValuesOf<Table> : never;

interface NumberOptions {
  default: number;
  min?: number;
  max?: number;
  unit?: string;
  presets?: Partial<Record<Preset, number>>;
}

function ranged(schema: z.ZodNumber, { min, max }: NumberOptions): z.ZodNumber {
  const above = min === undefined ? schema : schema.min(min);
  return max === undefined ? above : above.max(max);
}

export const number = (options: NumberOptions): Setting<number> => ({
  ...options,
  schema: ranged(z.number(), options),
});

export const integer = (options: NumberOptions): Setting<number> => ({
  ...options,
  schema: ranged(z.number().int(), options),
});

export const flag = (options: { default: boolean; presets?: Partial<Record<Preset, boolean>> }): Setting<boolean> => ({
  ...options,
  schema: z.boolean(),
});

export const choice = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  options: { default: Values[number]; presets?: Partial<Record<Preset, Values[number]>> },
): Setting<Values[number]> => ({ ...options, schema: z.enum(values) as unknown as z.ZodType<Values[number]> });

export const text = (options: { default: string; presets?: Partial<Record<Preset, string>> }): Setting<string> => ({
  ...options,
  schema: z.string(),
});

/** A list of numbers, typed as `5,10` on a command line; the empty string is the empty list. */
export const numbers = (options: NumberListOptions): Setting<number[]> => ({
  ...options,
  schema: z.array(ranged(z.number(), { ...options, default: 0, presets: undefined })),
});

interface NumberListOptions {
  default: number[];
  min?: number;
  max?: number;
  unit?: string;
  presets?: Partial<Record<Preset, number[]>>;
}

/** A list of words out of a fixed set, typed as `mirror,0.75` on a command line. */
export const choices = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  options: { default: Values[number][]; presets?: Partial<Record<Preset, Values[number][]>> },
): Setting<Values[number][]> => ({
  ...options,
  schema: z.array(z.enum(values)) as unknown as z.ZodType<Values[number][]>,
});

/** A typed word as the JSON value that the schema expects: `0.5`, `true`, `5,10`, `cosine`. */
function parseValue(schema: z.ZodType, raw: string): unknown {
  const trimmed = raw.trim();
  const list = trimmed === '' ? [] : trimmed.split(',').map((part) => part.trim());
  const asNumber = (word: string): unknown => (word !== '' && Number.isFinite(Number(word)) ? Number(word) : word);
  const candidates: unknown[] = [asNumber(trimmed), trimmed, list.map(asNumber), list];
  if (trimmed === 'true' || trimmed === 'on') candidates.unshift(true);
  if (trimmed === 'false' || trimmed === 'off') candidates.unshift(false);
  return candidates.find((candidate) => schema.safeParse(candidate).success) ?? asNumber(trimmed);
}

export function defineSettings<const Table extends Record<string, Setting<any>>>(
  name: string,
  table: Table,
  variants: Variants<Table> | null = null,
): SettingGroup<Table> {
  const keys = Object.keys(table) as (keyof Table & string)[];
  const shape = Object.fromEntries(keys.map((key) => [key, table[key].schema]));
  const schema = z.strictObject(shape) as unknown as z.ZodType<ValuesOf<Table>>;

  const invalid = (key: string, why: string): StudioError =>
    new StudioError({
      code: 'settings-invalid',
      message: `setting ${key}: ${why}`,
      remedy: `Look at the settings and their ranges (comask settings ${name}).`,
    });

  const entry = (key: string): Setting => {
    if (!Object.hasOwn(table, key)) throw invalid(key, `there is no such setting in "${name}"`);
    return table[key];
  };

  const check = (key: string, value: unknown): unknown => {
    const result = entry(key).schema.safeParse(value);
    if (!result.success) throw invalid(key, result.error.issues.map((issue) => issue.message).join('; '));
    return result.data;
  };

  const defaults = (preset?: Preset): ValuesOf<Table> =>
    Object.fromEntries(
      keys.map((key) => {
        const { presets: special, default: plain } = table[key] as Setting;
        const value = preset && special && preset in special ? special[preset] : plain;
        return [key, structuredClone(value)];
      }),
    ) as ValuesOf<Table>;

  /** What goes with the value that `values` or the defaults have for the setting that variants go by. */
  const variantOf = (values: object, preset: Preset = 'studio'): object => {
    if (!variants || (preset !== 'studio' && !variants.everyPreset)) return {};
    const value = String({ ...defaults(preset), ...values }[variants.by]);
    return structuredClone(variants.values[value] ?? {});
  };

  return {
    name,
    table,
    variants,
    keys,
    schema,
    defaults,
    resolve(values = {}, preset) {
      const given = Object.fromEntries(
        Object.entries(values)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => [key, check(key, value)]),
      );
      return { ...defaults(preset), ...variantOf(given, preset), ...given };
    },
    parseOverrides(pairs) {
      return Object.fromEntries(
        pairs.map((pair) => {
          const at = pair.indexOf('=');
          if (at < 1) throw invalid(pair, 'expected key=value');
          const key = pair.slice(0, at).trim();
          return [key, check(key, parseValue(entry(key).schema, pair.slice(at + 1)))];
        }),
      ) as Partial<ValuesOf<Table>>;
    },
  };
}
