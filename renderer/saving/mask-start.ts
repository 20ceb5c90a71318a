import type { ImageDetails } from '../composables/useImage.js';
import { CORRECTED, fetchMask, type ImageAddress, type LoadedMask } from './mask-client.js';

/** What an image is worked on from: its corrected mask, a pseudo-mask of a set, or nothing (null). */
export interface Start {
  source: string | null;
  mask: LoadedMask | null;
}

/** Of an image without any mask. */
export const nothing: Start = { source: null, mask: null };

/** Names of the pseudo-mask sets that an image has a mask in. */
export const setsOf = ({ files }: Pick<ImageDetails, 'files'>): string[] =>
  files.filter(({ kind, name }) => kind === 'masks' && name !== CORRECTED).map(({ name }) => name);

/** Version of the corrected mask of an image; null where it has none. */
export const correctedVersion = ({ files }: Pick<ImageDetails, 'files'>): string | null =>
  files.find(({ kind, name }) => kind === 'masks' && name === CORRECTED)?.version ?? null;

/** The set of pseudo-masks that an image is begun with: the preferred one, else the last that it has a mask in; else null. */
export function startSet(image: Pick<ImageDetails, 'files'>, preferred: string | null): string | null {
  const sets = setsOf(image);
  return sets.find((name) => name === preferred) ?? sets.at(-1) ?? null;
}

/** The set whose mask an image is worked on from: that made by hand, else one of pseudo-masks (`startSet`); null: none. */
export const sourceOf = (image: Pick<ImageDetails, 'files'>, preferred: string | null): string | null =>
  correctedVersion(image) === null ? startSet(image, preferred) : CORRECTED;

/**
 * The mask that an image is worked on from.
 *
 * @param ahead gives a mask that was fetched before, if it is still of that version
 */
export async function startOf(
  at: ImageAddress,
  image: Pick<ImageDetails, 'files'>,
  preferred: string | null,
  ahead: (set: string, version: string) => LoadedMask | null = () => null,
): Promise<Start> {
  const source = sourceOf(image, preferred);
  if (source === null) return { source, mask: null };
  const version = image.files.find(({ kind, name }) => kind === 'masks' && name === source)?.version;
  const known = version === undefined ? null : ahead(source, version);
  return { source, mask: known ?? (await fetchMask(at, source)) };
}
