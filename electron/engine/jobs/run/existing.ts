import { existsSync } from 'node:fs';
import { StudioError } from '../../../../shared/errors.js';
import type { ProjectPaths } from '../../project/layout.js';
import { runFiles, type RunFiles } from './files.js';

/**
 * The files of a run that is there.
 *
 * @param remedy what to do where it is not
 * @throws StudioError run-missing
 */
export function existingRun(paths: ProjectPaths, name: string, remedy: string): RunFiles {
  const files = runFiles(paths.run(name));
  if (existsSync(files.settings)) return files;
  throw new StudioError({
    code: 'run-missing',
    message: `there is no run called "${name}"`,
    file: files.folder,
    remedy,
  });
}
