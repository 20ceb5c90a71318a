import { StudioError } from '../../../shared/errors.js';
import type { Artifact } from '../../../shared/project.js';

/** Settings that a set was made with; null for one whose settings this version does not know. */
export function settingsOf<Values>(group: { resolve(values: Record<string, unknown>): Values }, { settings }: Artifact): Values | null {
  try {
    return group.resolve(settings);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'settings-invalid') return null;
    throw error;
  }
} // prettier-ignore
