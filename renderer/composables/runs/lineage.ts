import { artifactKinds, type ArtifactRef } from '../../../shared/project.js';
import type { MadeSet } from './comparison.js';

/** A set in the drawing of what a set came from. */
export interface LineageNode extends ArtifactRef {
  key: string;
  /** Column from the right: 0 is the set asked for, its parents 1, theirs 2. */
  depth: number;
  /** Row in its column, from the top. */
  row: number;
  /** Null for one that is named but is not there any more. */
  set: MadeSet | null;
  /** What only stands in the settings of a set: the strategy by which its references were chosen. */
  references: { strategy: string; count: number } | null;
}

export interface Lineage {
  nodes: LineageNode[];
  /** From parent to child, by key. */
  edges: { from: string; to: string }[];
  columns: number;
  rows: number;
}

const keyOf = ({ kind, name }: ArtifactRef): string => `${kind} ${name}`;

/** How the references of multi-round maps were chosen. */
function referencesOf(set: MadeSet | undefined): LineageNode['references'] {
  const { mode, 'references.strategy': strategy, 'references.count': count } = set?.settings ?? {};
  if (set?.kind !== 'maps' || mode !== 'multi') return null;
  return { strategy: String(strategy), count: Number(count) };
}

/**
 * What a set was made from, and that from what, as columns from right to left. A set that several share stands in the
 * farthest of their columns; of a loop, which only a damaged index has, each set stands once.
 */
export function lineageOf(asked: ArtifactRef, sets: readonly MadeSet[]): Lineage {
  const byKey = new Map(sets.map((set) => [keyOf(set), set]));
  const depths = new Map<string, { ref: ArtifactRef; depth: number }>();
  const edges = new Map<string, { from: string; to: string }>();
  const visit = (ref: ArtifactRef, depth: number, path: readonly string[]): void => {
    const key = keyOf(ref);
    if (path.includes(key)) return;
    depths.set(key, { ref, depth: Math.max(depth, depths.get(key)?.depth ?? 0) });
    for (const parent of byKey.get(key)?.parents ?? []) {
      edges.set(`${keyOf(parent)} > ${key}`, { from: keyOf(parent), to: key });
      visit(parent, depth + 1, [...path, key]);
    }
  };
  visit(asked, 0, []);
  const filled: number[] = [];
  const nodes = [...depths].map(
    ([
      key,
      {
        ref: { kind, name },
        depth,
      },
    ]): LineageNode => {
      const row = filled[depth] ?? 0;
      filled[depth] = row + 1;
      const set = byKey.get(key);
      return { key, kind, name, depth, row, set: set ?? null, references: referencesOf(set) };
    },
  );
  return { nodes, edges: [...edges.values()], columns: filled.length, rows: Math.max(...filled.map((n) => n ?? 0)) };
}

/** The sets that a list of lineages begins from: all kinds but runs, which have a list of their own. */
export const listedSets = (sets: readonly MadeSet[]): MadeSet[] => sets.filter(({ kind }) => kind !== 'run');

/** Kinds of which an address names one: `masks/fused`. */
export function refOf(text: string): ArtifactRef | null {
  const kind = artifactKinds.find((one) => text.startsWith(`${one}/`));
  const name = kind ? text.slice(kind.length + 1) : '';
  return kind && name ? { kind, name } : null;
}
