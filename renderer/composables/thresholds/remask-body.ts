import { imageQuerySchema } from '../../../shared/api/index.js';
import { maskSettings, type MaskSettings } from '../../../shared/settings/index.js';
import type { ImageFilter } from '../image-filter.js';
import type { RemaskBody } from './useRemask.js';

/** The request that applies settings to an image, a class, the filter or all; null without a set to change. */
export function remaskBody({
  set,
  scope,
  settings,
  id,
  classIndex,
  filter,
}: {
  set: string | null;
  scope: 'image' | 'class' | 'filter' | 'all';
  settings: MaskSettings;
  id: string;
  classIndex: number;
  filter: ImageFilter;
}): RemaskBody | null {
  if (set === null || (scope === 'image' && id === '')) return null;
  const defaults = maskSettings.defaults();
  const changed = Object.entries(settings).filter(([key, value]) => value !== defaults[key as keyof MaskSettings]);
  const queries = { class: { classes: [classIndex] }, filter: imageQuerySchema.parse(filter), all: {} };
  const images = scope === 'image' ? { ids: [id] } : { query: queries[scope] };
  return { masks: set, images, settings: Object.fromEntries(changed) };
}
