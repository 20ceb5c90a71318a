import type { ArtifactKind, ArtifactRef } from './project.js';

/** The nearest set of each kind that a set was made from, the set itself included; where two are as near, the first named. */
export type Origins = Partial<Record<ArtifactKind, string>>;

const keyOf = ({ kind, name }: ArtifactRef): string => `${kind} ${name}`;

/**
 * What a set was made from, and that from what, the nearest first: predictions lead to the masks that their segmenter has
 * learnt from, and these to maps and saliency.
 *
 * @param parentsOf what a set was made from, as it was recorded; empty for one that is not known
 */
export function originsOf(set: ArtifactRef, parentsOf: (set: ArtifactRef) => readonly ArtifactRef[]): Origins {
  const origins: Origins = {};
  const met = new Set([keyOf(set)]);
  for (const queue = [set]; queue.length > 0;) {
    const next = queue.shift()!;
    origins[next.kind] ??= next.name;
    // A loop is only in a damaged index.
    const unmet = parentsOf(next).filter((parent) => !met.has(keyOf(parent)));
    for (const parent of unmet) met.add(keyOf(parent));
    queue.push(...unmet);
  }
  return origins;
}
