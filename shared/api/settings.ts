import { z } from 'zod';
import { languages } from '../locales/index.js';
import { route } from './route.js';

const values = z.record(z.string(), z.unknown());

/** What a form needs to know of one group of settings. */
export const settingFormSchema = z.object({
  group: z.string(),
  /** JSON Schema (2020-12) of the values; `description` is the text, `x-unit` what a number counts. */
  schema: values,
  /** All values under each preset. */
  presets: z.record(z.string(), values),
  /** Values that go with the value of one setting, under `studio`, or under every preset. */
  variants: z.object({ by: z.string(), everyPreset: z.boolean(), values: z.record(z.string(), values) }).nullable(),
});

export const settingRoutes = {
  list: route({
    method: 'GET',
    path: '/api/settings',
    summary: 'every group of settings as JSON Schema, with presets and texts in the language asked for',
    query: z.object({ language: z.enum(languages).default('en') }),
    answer: z.object({ groups: z.array(settingFormSchema) }),
  }),
} as const;
