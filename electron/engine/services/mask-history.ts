import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';

/** Milliseconds after which a version was more than a stop between two strokes. */
const SETTLED = 60_000;
/** Versions of an image that are kept; the oldest go. */
const KEPT = 20;

/**
 * Copies an image's mask made by hand to its earlier versions, `history/{id}/{time}.png`, before another takes its place.
 * The studio saves after every stroke: only a version that stood for a minute is `settled`. Throws `not-writable`,
 * `disk-full`.
 */
export async function keepVersion({ paths }: Project, id: string, which: 'settled' | 'always'): Promise<void> {
  const path = paths.correctedMask(id);
  const found = await stat(path).catch(() => null);
  if (!found || (which === 'settled' && Date.now() - found.mtimeMs < SETTLED)) return;
  const folder = paths.maskHistory(id);
  await copyFileAtomic(path, join(folder, `${found.mtime.toISOString().replaceAll(':', '')}.png`));
  const versions = (await readdir(folder)).filter((name) => /^\d.*Z\.png$/.test(name)).sort();
  for (const name of versions.slice(0, -KEPT)) await rm(join(folder, name), { force: true });
}
