import { className, type MappedClass } from '../../shared/class-map.js';

/** What the person makes of a class that a dry run found. */
export interface ClassDraft {
  name: string;
  images: number;
  /** Its name in the project, as it is typed. */
  as: string;
  /** Whether it is imported at all. */
  kept: boolean;
}

/** What a draft comes to. */
export interface ClassRow {
  /** Its label in masks, from 1; null where it has none. */
  label: number | null;
  /** The class before it that has the same name in the project. */
  joins: string | null;
}

/** Most classes of a project. */
const MOST = 254;

/** Classes as they are found: each keeps its name. */
export const draftsOf = (found: readonly { name: string; images: number }[]): ClassDraft[] =>
  found.map(({ name, images }) => ({ name, images, as: name, kept: true }));

/** The label of each class in the project, and which classes are joined. */
export function rowsOf(drafts: readonly ClassDraft[]): ClassRow[] {
  const first = new Map<string, { label: number; name: string }>();
  return drafts.map(({ name, as, kept }) => {
    const text = className(as);
    if (!kept || text === '') return { label: null, joins: null };
    const there = first.get(text);
    if (there) return { label: there.label, joins: there.name };
    first.set(text, { label: first.size + 1, name });
    return { label: first.size, joins: null };
  });
}

/** Why this cannot be imported: a blank name, no class at all, or too many; null where it can. */
export function draftProblem(drafts: readonly ClassDraft[]): 'blank' | 'none' | 'many' | null {
  const kept = drafts.filter((draft) => draft.kept);
  if (kept.length === 0) return 'none';
  if (kept.some(({ as }) => className(as) === '')) return 'blank';
  return new Set(kept.map(({ as }) => className(as))).size > MOST ? 'many' : null;
}

/** What the import is told: the classes that change. */
export const changesOf = (drafts: readonly ClassDraft[]): MappedClass[] =>
  drafts
    .filter(({ name, as, kept }) => !kept || as !== name)
    .map(({ name, as, kept }) => ({ name, as: kept ? className(as) : '' }));
