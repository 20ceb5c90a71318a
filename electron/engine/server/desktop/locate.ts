import { realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { isInside } from '../../project/paths.js';

/**
 * The real path of a file or folder that lies in one of `folders`, links followed on both sides. Whether something lies
 * elsewhere is not told. Throws `path-outside`, `file-missing`.
 */
export function locate(path: string, folders: readonly string[]): string {
  // A path on another machine (`\\host\share`) would be asked for, with the person's name, before it could be refused.
  const local = isAbsolute(path) && !path.includes('\0') && !/^[\\/]{2}/.test(path);
  const real = local ? realPath(path) : null;
  if (real !== null && folders.some((folder) => isInside(realPath(folder) ?? folder, real))) return real;
  if (local && real === null && folders.some((folder) => isInside(folder, path))) {
    throw new StudioError({ code: 'file-missing', message: 'there is no such file', file: path });
  }
  throw new StudioError({
    code: 'path-outside',
    message: 'the path is in no open project',
    file: path,
    remedy: 'Open its project first.',
  });
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
