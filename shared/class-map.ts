import { z } from 'zod';
import { StudioError } from './errors.js';

/** What a project calls a class of a dataset: several may come to one name, and one with the empty name is left out. */
export const mappedClassSchema = z.object({ name: z.string().min(1), as: z.string() });
export type MappedClass = z.infer<typeof mappedClassSchema>;

/** A class name as it is kept and compared. */
export const className = (text: string): string => text.normalize('NFC').trim();

/**
 * Every class of a dataset with its name in the project, in the dataset's order; `changes` names those that differ.
 * @throws StudioError label-unknown (a change of no class), settings-invalid (a class changed twice, a name of blanks or
 * with control characters), label-missing (nothing is left)
 */
export function mapClasses(names: readonly string[], changes: readonly MappedClass[]): MappedClass[] {
  const places = new Map(names.map((name, place) => [className(name), place]));
  const mapped = names.map((name) => ({ name, as: name }));
  const changed = new Set<number>();
  for (const { name, as } of changes) {
    const place = places.get(className(name));
    if (place === undefined) throw unknownClass(name, names);
    if (changed.has(place)) throw invalid(`the class "${name}" is mapped twice`, 'Name each class once.');
    changed.add(place);
    const text = newName(name, as);
    // One name has one spelling: that of the class which had it.
    mapped[place].as = names[places.get(text) ?? -1] ?? text;
  }
  if (mapped.some(({ as }) => as !== '')) return mapped;
  throw new StudioError({
    code: 'label-missing',
    message: `all ${names.length} classes are left out`,
    remedy: 'Keep at least one of them.',
  });
}

/** The classes that a mapping comes to, each once, by their first place: class k of the project is the k-th. */
export const classesOf = (mapped: readonly MappedClass[]): string[] => [
  ...new Set(mapped.map(({ as }) => as).filter((name) => name !== '')),
];

/** Whether every class keeps its name. */
export const isUnchanged = (mapped: readonly MappedClass[]): boolean => mapped.every(({ name, as }) => name === as);

function newName(name: string, as: string): string {
  const text = className(as);
  if (as !== '' && text === '') {
    throw invalid(
      `the new name of the class "${name}" is blank`,
      'Write a name, or leave the class out (--map NAME=).',
    );
  }
  if (!/\p{Cc}/u.test(text)) return text;
  throw invalid(`the new name of the class "${name}" has control characters`, 'Write it in one line of plain text.');
}

/** Names that a message lists at most. */
const LISTED = 20;

function unknownClass(name: string, names: readonly string[]): StudioError {
  const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : '';
  return new StudioError({
    code: 'label-unknown',
    message: `the dataset has no class "${name}"`,
    remedy: `Its classes are: ${names.slice(0, LISTED).join(', ')}${more}.`,
  });
}

const invalid = (message: string, remedy: string): StudioError =>
  new StudioError({ code: 'settings-invalid', message, remedy });
