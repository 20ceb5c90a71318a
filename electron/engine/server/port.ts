import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { projectFolder } from '../project/project-file.js';

/** Ports that no system gives away by itself. */
const [FIRST_PORT, PORTS] = [20_000, 10_000];

/**
 * The port of a project: the same each time, so that a page finds what its browser has kept for its address (strokes that
 * were not saved, preferences).
 */
export function usualPort(project: string | undefined): number {
  let folder = project ?? '';
  try {
    folder = realpathSync(projectFolder(folder));
  } catch {
    // Opening it says why.
  }
  return FIRST_PORT + (createHash('sha256').update(folder).digest().readUInt32BE() % PORTS);
}
