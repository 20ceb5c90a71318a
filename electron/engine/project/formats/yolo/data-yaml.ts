import { join } from 'node:path';
import { parse } from 'yaml';
import { StudioError } from '../../../../../shared/errors.js';
import { namesIn, readText } from '../text.js';
import { listedSplits, segmentsOf } from './lists.js';

/** What data.yaml says that matters here. */
export interface DataYaml {
  file: string;
  names: string[];
  /** The split whose list names the photo, else whose photos lie in its folder (both inside the dataset root), or null. */
  splitOf(photo: string, folder: string): string | null;
}

/** Bytes of a file that lists a few hundred names. */
const MAX_BYTES = 2 ** 20;
/** Aliases that may be followed: none is needed, and nested ones make a small file endless. */
const MAX_ALIASES = 100;
/** Most classes a label map can hold; a map of names may not ask for more. */
const MAX_CLASSES = 254;
const SPLITS = ['train', 'val', 'test'];

/**
 * The dataset's description: data.yaml, or the first other .yaml of the root with `names`. Null where there is none.
 * Throws `file-damaged` where it cannot be read as YAML or its names are none.
 */
export async function readDataYaml(root: string): Promise<DataYaml | null> {
  const found = (await namesIn(root)).filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.'));
  const rank = (name: string): number => Number(!/^data\.ya?ml$/i.test(name));
  for (const name of found.sort((a, b) => rank(a) - rank(b))) {
    const file = join(root, name);
    const content = parseYaml(await readText(file, MAX_BYTES), file);
    if (content?.names === undefined) continue;
    const listed = await listedSplits(root, placesOf(content));
    const split = (photo: string, folder: string): string | null => listed.of(photo) ?? folderSplit(content, folder);
    return { file, names: namesOf(content.names, file), splitOf: split };
  }
  return null;
}

function parseYaml(text: string, file: string): Record<string, unknown> | null {
  try {
    const content: unknown = parse(text, { schema: 'core', maxAliasCount: MAX_ALIASES, logLevel: 'error' });
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : null;
  } catch (error) {
    throw damaged(file, (error as Error).message.split('\n')[0]);
  }
}

/** A list, or a map of numbers to names; `class_<n>` where the map has gaps. */
function namesOf(names: unknown, file: string): string[] {
  if (typeof names !== 'object' || names === null) throw damaged(file, 'its names are neither a list nor a map');
  const entries = Object.entries(names).map(
    ([key, name]) => [Number(key), String(name).trim().normalize('NFC')] as const,
  );
  const wrong = entries.find(([key, name]) => !Number.isInteger(key) || key < 0 || name === '');
  if (wrong) throw damaged(file, `its names hold ${JSON.stringify(wrong)}`);
  const count = entries.reduce((most, [key]) => Math.max(most, key + 1), 0);
  if (count > MAX_CLASSES) throw damaged(file, `it names ${count} classes; a project has at most ${MAX_CLASSES}`);
  const byNumber = new Map(entries);
  return Array.from({ length: count }, (_, number) => byNumber.get(number) ?? `class_${number}`);
}

/** What it says of each split: folders of photos and lists of them. */
const placesOf = (content: Record<string, unknown>): (readonly [split: string, place: string])[] =>
  SPLITS.flatMap((split) => [content[split]].flat().flatMap((place) => (typeof place === 'string' ? [[split, place] as const] : []))); // prettier-ignore

/** Paths there are relative to one place or another, or absolute on another machine: their ends are compared. */
function folderSplit(content: Record<string, unknown>, folder: string): string | null {
  const end = segmentsOf(folder).join('/');
  const found = placesOf(content).find(([, place]) => `/${segmentsOf(place).join('/')}`.endsWith(`/${end}`));
  return found?.[0] ?? null;
}

const damaged = (file: string, why: string): StudioError =>
  new StudioError({ code: 'file-damaged', message: `${file}: ${why}`, file, remedy: 'Correct it in a text editor.' });
