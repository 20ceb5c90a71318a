import type { CliCommand } from '../command.js';
import { StudioError } from '../../../shared/errors.js';
import {
  presets,
  settingGroups,
  type Preset,
  type Setting,
  type SettingTable,
  type Variants,
} from '../../../shared/settings/index.js';
import { settingText } from '../../../shared/locales/index.js';

interface SettingRow {
  key: string;
  default: unknown;
  values: Record<Preset, unknown>;
  /** Recommended values that go with another setting's, e.g. `{ 'backbone=tiny': 64 }`. */
  variants: Record<string, unknown>;
  unit?: string;
  text: string;
}

function variantsOf(group: keyof typeof settingGroups, key: string): Record<string, unknown> {
  const variants = settingGroups[group].variants as Variants<SettingTable> | null;
  const entries = Object.entries((variants?.values ?? {}) as Record<string, Record<string, unknown>>);
  return Object.fromEntries(
    entries.filter(([, values]) => key in values).map(([name, values]) => [`${variants!.by}=${name}`, values[key]]),
  );
}

function rowsOf(group: keyof typeof settingGroups): SettingRow[] {
  const { table, keys } = settingGroups[group];
  const values = Object.fromEntries(presets.map((preset) => [preset, settingGroups[group].defaults(preset)]));
  return keys.map((key) => ({
    key,
    default: (table as Record<string, Setting>)[key].default,
    values: Object.fromEntries(
      presets.map((preset) => [preset, (values[preset] as Record<string, unknown>)[key]]),
    ) as Record<Preset, unknown>,
    variants: variantsOf(group, key),
    unit: (table as Record<string, Setting>)[key].unit,
    text: settingText(group, key),
  }));
}

const show = (value: unknown): string => (Array.isArray(value) ? value.join(',') || '(none)' : String(value));

/** `comask settings [GROUP]`: every setting with its value under each preset. */
export const settingsCommand: CliCommand = {
  register(program, run) {
    program
      .command('settings')
      .argument('[group]', `one of ${Object.keys(settingGroups).join(', ')}`)
      .summary('list the settings that --set reaches, with their value under each preset')
      .action(
        run((_context, group?: string) => {
          if (group !== undefined && !Object.hasOwn(settingGroups, group)) {
            throw new StudioError({
              code: 'usage',
              message: `there is no group of settings called "${group}"`,
              remedy: `Choose one of ${Object.keys(settingGroups).join(', ')}.`,
            });
          }
          const names = (group ? [group] : Object.keys(settingGroups)) as (keyof typeof settingGroups)[];
          const data = Object.fromEntries(names.map((name) => [name, rowsOf(name)]));
          const text = names
            .map((name) => {
              const lines = data[name].map(({ key, values, variants, unit, text: about }) => {
                const differing = presets.filter((preset) => show(values[preset]) !== show(values.studio));
                const special = [...differing.map((preset) => [preset, values[preset]]), ...Object.entries(variants)]
                  .map(([name, value]) => `; ${String(name)}: ${show(value)}`)
                  .join('');
                return `  ${key} = ${show(values.studio)}${unit ? ` ${unit}` : ''}${special}\n      ${about}`;
              });
              return `${name}\n${lines.join('\n')}`;
            })
            .join('\n\n');
          return { data, text };
        }),
      );
  },
};
