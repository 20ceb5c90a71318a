import { resolveInside } from '../../paths.js';
import { existsInside, linesOf, readText } from '../text.js';

/** Bytes of a list: a path takes a hundred or less. */
const MAX_BYTES = 2 ** 28;

/** Parts of a path of any system, without those that lead nowhere or up. */
export const segmentsOf = (path: string): string[] =>
  path.split(/[\\/]/).filter((part) => !['', '.', '..'].includes(part));

/** What a path and the same photo's in another folder or on another machine have in common: all from `images` on. */
function photoKey(path: string): string {
  const segments = segmentsOf(path);
  return segments.slice(Math.max(0, segments.lastIndexOf('images'))).join('/');
}

/**
 * Splits by photo, of lists with a path a line that `splits` names (`train: train.txt`), for `of`, a path inside the root.
 * Lists are looked for in the root under their whole path, then under their name; one that is not there tells nothing.
 * Throws `file-unreadable`, `path-outside`.
 */
export async function listedSplits(
  root: string,
  splits: readonly (readonly [split: string, list: string])[],
): Promise<{ of(path: string): string | null }> {
  const byKey = new Map<string, string>();
  for (const [split, list] of splits) {
    const segments = segmentsOf(list);
    for (const place of [segments.join('/'), segments.at(-1) ?? '']) {
      if (!/\.txt$/i.test(place) || !(await existsInside(root, place))) continue;
      for (const { line } of linesOf(await readText(resolveInside(root, place), MAX_BYTES))) byKey.set(photoKey(line), split); // prettier-ignore
      break;
    }
  }
  return { of: (path) => byKey.get(photoKey(path)) ?? null };
}
