import { StudioError } from '../../../../shared/errors.js';
import { IGNORE } from '../../../../shared/types.js';

/** What the pixel values of a dataset's ground truth mean. */
export interface TruthConvention {
  /** In words, for help texts. */
  means: string;
  /**
   * int16 [256]: the project's label (0 background, class + 1, 255 ignore) of each value, NONE for values that the
   * convention does not know. `classes` is the number of the project's classes. Throws `settings-invalid` where the
   * convention is of another number.
   */
  table(classes: number): Int16Array;
}

/** Of a value that means nothing. */
export const NONE = -1;

/** A table where nothing but 255 has a meaning yet. */
export function emptyTable(): Int16Array {
  const table = new Int16Array(256).fill(NONE);
  table[IGNORE] = IGNORE;
  return table;
}

/** Throws `settings-invalid` unless the project has as many classes as the convention tells apart. */
export function requireClasses(name: string, classes: number, wanted: readonly number[]): void {
  if (wanted.includes(classes)) return;
  throw new StudioError({
    code: 'settings-invalid',
    message: `ground truth by the convention "${name}" tells ${wanted.join(' or ')} classes apart, the project has ${classes}`,
    remedy:
      'Make the project with those classes (--classes FILE), in the order of their ids, or name another convention.',
  });
}
