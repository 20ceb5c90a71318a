import type { ImageDetails } from '../composables/useImage.js';
import { CORRECTED, fetchMask, type ImageAddress, type LoadedMask } from './mask-client.js';

/** What an image is worked on from: its corrected mask, a pseudo-mask of a set, or nothing (null). */
export interface Start {
  source: string | null;
  mask: LoadedMask | null;
}

/** Names of the pseudo-mask sets that an image has a mask in. */
export const setsOf = ({ files }: Pick<ImageDetails, 'files'>): string[] =>
  files.filter(({ kind, name }) => kind === 'masks' && name !== CORRECTED).map(({ name }) => name);

/** Version of the corrected mask of an image; null where it has none. */
export const correctedVersion = ({ files }: Pick<ImageDetails, 'files'>): string | null =>
  files.find(({ kind, name }) => kind === 'masks' && name === CORRECTED)?.version ?? null;

/** The corrected mask of an image, else its mask of the preferred set or of the first one that it has, else none. */
export async function startOf(
  at: ImageAddress,
  image: Pick<ImageDetails, 'files'>,
  preferred: string | null,
): Promise<Start> {
  // prettier-ignore
  const sets = setsOf(image);
  const chosen = sets.find((name) => name === preferred) ?? sets.at(-1) ?? null;
  const source = correctedVersion(image) === null ? chosen : CORRECTED;
  return { source, mask: source === null ? null : await fetchMask(at, source) };
}
