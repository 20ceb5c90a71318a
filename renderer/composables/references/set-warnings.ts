import type { ReferenceCandidate } from '../../../shared/api/index.js';

/** What a person should know of a reference set. */
export type SetWarning =
  /** Evidence of so few images is that of their backgrounds too. */
  | { kind: 'few'; ids: readonly string[] }
  /** They look like another one of the set, and add nothing. */
  | { kind: 'duplicates'; ids: readonly string[] }
  /** Labels of web images are less sure. */
  | { kind: 'web'; ids: readonly string[] }
  /** The image that it is for is in it. */
  | { kind: 'self'; ids: readonly string[] }
  /** The run has not learnt from them: they count for nothing. */
  | { kind: 'unused'; ids: readonly string[] };

/** Fewer references than this are too few: the published code takes three. */
export const FEWEST = 3;

/**
 * Warnings of a set that has images; an empty one is none yet.
 *
 * @param candidates what is known of images, by id; null before it is known
 * @param used those that counted in the last preview; null before there was one
 */
export function setWarnings(
  ids: readonly string[],
  {
    candidates,
    used,
    imageId,
  }: { candidates: ReadonlyMap<string, ReferenceCandidate> | null; used: readonly string[] | null; imageId: string },
): SetWarning[] {
  if (ids.length === 0) return [];
  const inSet = new Set(ids);
  const of = (id: string) => candidates?.get(id);
  const unused = used === null ? [] : ids.filter((id) => !used.includes(id));
  const found: SetWarning[] = [
    { kind: 'few', ids: ids.length < FEWEST ? ids : [] },
    { kind: 'duplicates', ids: ids.filter((id) => inSet.has(of(id)?.duplicateOf ?? '')) },
    { kind: 'web', ids: ids.filter((id) => of(id)?.domain === 'web') },
    { kind: 'self', ids: ids.filter((id) => id === imageId) },
    { kind: 'unused', ids: unused },
  ];
  return found.filter((warning) => warning.ids.length > 0);
}
