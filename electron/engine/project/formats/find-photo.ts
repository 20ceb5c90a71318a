import { existsInside, photoEndings } from './text.js';

/** Lower case first, as most are. */
const ENDINGS = photoEndings.flatMap((ending) => [ending, ending.toUpperCase()]);

/** The photo at a path without its ending: a JPEG, or of what other kind there is; null where there is none. */
export async function findPhoto(root: string, path: string): Promise<string | null> {
  for (const ending of ENDINGS) {
    if (await existsInside(root, path + ending)) return path + ending;
  }
  return null;
}
