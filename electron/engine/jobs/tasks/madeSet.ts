import { isDeepStrictEqual } from 'node:util';
import { StudioError } from '../../../../shared/errors.js';
import type { ArtifactRef } from '../../../../shared/project.js';
import type { Project } from '../../project/project.js';

/** How much memory and disk may be used: what is made is the same under every bound. */
const isBound = (key: string): boolean => key.startsWith('cache.');

/**
 * Notes what a set is made from, before its first file. Files of one name come from one set of weights and settings: a set
 * that was begun otherwise is refused with `settings-invalid`, unless all are made anew.
 */
export function recordSet(
  { store }: Project,
  { kind, name }: ArtifactRef,
  parents: ArtifactRef[],
  made: Record<string, unknown>,
  { anew, folder }: { anew: boolean; folder: string },
): void {
  const before = anew ? null : store.artifact(kind, name);
  const differing = Object.keys(made).filter((key) => !isBound(key) && !isDeepStrictEqual(before?.settings[key], made[key])); // prettier-ignore
  if (before && differing.length > 0) {
    throw new StudioError({
      code: 'settings-invalid',
      message: `the ${kind} "${name}" were begun with other values of: ${differing.join(', ')}`,
      file: folder,
      remedy: 'Choose another name, or make them all anew (--overwrite).',
    });
  }
  if (!before) store.recordArtifact({ kind, name, parents, settings: made });
}
