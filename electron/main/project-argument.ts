import { resolve } from 'node:path';

/**
 * The project that is named on the command line, or null: a folder or a `.comask` file, which the engine reads. Switches
 * are Chromium's.
 */
export function projectArgument(args: readonly string[], cwd: string): string | null {
  const [named] = args.filter((argument) => argument !== '' && !argument.startsWith('-'));
  return named === undefined ? null : resolve(cwd, named);
}
