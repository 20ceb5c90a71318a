import type { ReferenceAssessment } from '../../../shared/api/index.js';

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
 * @param assessment what the engine says of the set, or of the set before; null before it is known
 * @param used those that counted in the last preview; null before there was one
 */
export function setWarnings(
  ids: readonly string[],
  {
    assessment,
    used,
    imageId,
  }: { assessment: Pick<ReferenceAssessment, 'members'> | null; used: readonly string[] | null; imageId: string },
): SetWarning[] {
  if (ids.length === 0) return [];
  const inSet = new Set(ids);
  const members = new Map(assessment?.members.map((member) => [member.id, member]));
  const unused = used === null ? [] : ids.filter((id) => !used.includes(id));
  const found: SetWarning[] = [
    { kind: 'few', ids: ids.length < FEWEST ? ids : [] },
    { kind: 'duplicates', ids: ids.filter((id) => inSet.has(members.get(id)?.duplicateOf ?? '')) },
    { kind: 'web', ids: ids.filter((id) => members.get(id)?.domain === 'web') },
    { kind: 'self', ids: ids.filter((id) => id === imageId) },
    { kind: 'unused', ids: unused },
  ];
  return found.filter((warning) => warning.ids.length > 0);
}
