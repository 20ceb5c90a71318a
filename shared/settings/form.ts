import { z } from 'zod';
import { settingText, type Language } from '../locales/index.js';
import { presets, type Setting, type SettingTable, type Variants } from './define.js';
import { settingGroups } from './index.js';

/** What a form needs to know of a group of settings. */
export interface SettingForm {
  group: string;
  /** JSON Schema (2020-12) of the values; `description` is the text, `x-unit` what a number counts. */
  schema: Record<string, unknown>;
  /** All values under each preset. */
  presets: Record<string, Record<string, unknown>>;
  variants: { by: string; everyPreset: boolean; values: Record<string, Record<string, unknown>> } | null;
}

/** JSON Schema of one setting, with its text, unit and default. */
function schemaOf(group: string, key: string, setting: Setting, language: Language): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(setting.schema) as Record<string, unknown>;
  const text = { description: settingText(group, key, language), default: setting.default };
  return { ...schema, ...text, ...(setting.unit === undefined ? {} : { 'x-unit': setting.unit }) };
}

/** The form of every group, with texts in a language. */
export function settingForms(language: Language): SettingForm[] {
  return Object.entries(settingGroups).map(([group, { table, keys, defaults, variants }]) => {
    const settings = table as unknown as Record<string, Setting>;
    const given = variants as Variants<SettingTable> | null;
    return {
      group,
      schema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: Object.fromEntries(keys.map((key) => [key, schemaOf(group, key, settings[key], language)])),
        additionalProperties: false,
      },
      presets: Object.fromEntries(presets.map((preset) => [preset, defaults(preset)])),
      variants: given && { by: given.by, everyPreset: given.everyPreset ?? false, values: { ...given.values } },
    };
  });
}
