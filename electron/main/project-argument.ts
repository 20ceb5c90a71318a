import { statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';

/** The project folder that a path stands for: itself, or the folder of a `.comask` file or a `project.json` in it. */
export function projectFolder(path: string): string {
  const isMark = extname(path) === '.comask' || basename(path) === 'project.json';
  return isMark && statSync(path, { throwIfNoEntry: false })?.isFile() ? dirname(path) : path;
}

/** The project that is named on the command line, or null. Switches are Chromium's. */
export function projectArgument(args: readonly string[], cwd: string): string | null {
  const [named] = args.filter((argument) => argument !== '' && !argument.startsWith('-'));
  return named === undefined ? null : projectFolder(resolve(cwd, named));
}
