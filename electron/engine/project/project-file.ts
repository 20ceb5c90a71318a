import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { StudioError } from '../../../shared/errors.js';
import {
  PROJECT_FILE_BYTES,
  PROJECT_FILE_ENDING,
  projectFileSchema,
  type ProjectFile,
} from '../../../shared/project-file.js';
import { readJsonFile, writeFileAtomicSync } from './files.js';
import { isInside, nameProblem, resolveInside } from './paths.js';

/** Writes the file into a project's folder that opens the project from the desktop. Throws `not-writable`, `disk-full`. */
export function writeProjectFile(root: string): void {
  const name = nameProblem(basename(root)) === null ? basename(root) : 'project';
  const file: ProjectFile = { comask: 1, project: '.' };
  writeFileAtomicSync(join(root, `${name}${PROJECT_FILE_ENDING}`), `${JSON.stringify(file)}\n`);
}

/**
 * The project folder that a path stands for: itself, or what a `.comask` file names, or the folder of a `project.json`. A
 * `.comask` file, which may come from anyone, leads to its own folder or below, links followed.
 * @throws StudioError file-damaged, file-too-large, path-outside, file-unreadable
 */
export function projectFolder(path: string): string {
  const isMark = extname(path).toLowerCase() === PROJECT_FILE_ENDING;
  if (!(isMark || basename(path) === 'project.json') || !isFile(path)) return path;
  return isMark ? namedFolder(realpathSync(path)) : dirname(resolve(path));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function namedFolder(file: string): string {
  if (statSync(file).size > PROJECT_FILE_BYTES) {
    throw new StudioError({
      code: 'file-too-large',
      message: `${file} is no project file: it has more than ${PROJECT_FILE_BYTES} bytes`,
      file,
      remedy: 'Open the folder of the project instead.',
    });
  }
  const own = dirname(file);
  const folder = resolveInside(own, readJsonFile(file, projectFileSchema).project);
  const real = statSync(folder, { throwIfNoEntry: false }) ? realpathSync(folder) : folder;
  if (real === own || isInside(own, real)) return folder;
  throw new StudioError({
    code: 'path-outside',
    message: `${file} leads out of its folder, by a link`,
    file,
    remedy: 'Open the folder of the project instead.',
  });
}
