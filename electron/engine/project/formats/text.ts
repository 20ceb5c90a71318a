import { readFile, readdir, stat } from 'node:fs/promises';
import { StudioError } from '../../../../shared/errors.js';
import { resolveInside } from '../paths.js';

/** Endings of files that are taken for photos, lower case. */
export const photoEndings = ['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.bmp', '.gif', '.avif'] as const;

export const isPhotoName = (name: string): boolean =>
  !name.startsWith('.') && photoEndings.some((ending) => name.toLowerCase().endsWith(ending));

/** Whether there is such a folder or file. */
export const isFolder = (path: string): Promise<boolean> => stat(path).then((found) => found.isDirectory(), () => false); // prettier-ignore
export const isFile = (path: string): Promise<boolean> => stat(path).then((found) => found.isFile(), () => false); // prettier-ignore

/** Whether there is such a file in the root. Paths that lead out of it do not exist: the import reports them. */
export async function existsInside(root: string, path: string): Promise<boolean> {
  try {
    return await isFile(resolveInside(root, path));
  } catch {
    return false;
  }
}

/** Names in a folder, sorted so that every system and every run sees the same order; none where there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw readError(folder, error);
  });
  return names.sort();
}

/**
 * Bytes of a file. A dataset may hold a pipe or a link to a device under a file's name: reading it might never end.
 * @throws StudioError file-missing, file-unreadable (also for what is no file)
 */
export async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw readError(path, error);
  });
  if (found.isFile()) return found.size;
  throw readError(path, new Error('it is no file'));
}

/**
 * Text of a file as UTF-8 without byte order mark. `most` bounds its bytes, for files that should be small.
 * @throws StudioError file-missing, file-unreadable, file-damaged (longer than `most`)
 */
export async function readText(path: string, most = Infinity): Promise<string> {
  try {
    if ((await fileSize(path)) > most) {
      throw new StudioError({ code: 'file-damaged', message: `${path} is longer than ${most} bytes`, file: path });
    }
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    throw error instanceof StudioError ? error : readError(path, error as NodeJS.ErrnoException);
  }
}

/** What reading a file or folder failed with: `file-missing` or `file-unreadable`. */
export function readError(path: string, error: NodeJS.ErrnoException): StudioError {
  return new StudioError(
    {
      code: error.code === 'ENOENT' ? 'file-missing' : 'file-unreadable',
      message: error.code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path}: ${error.message}`,
      file: path,
      remedy: 'Check the path and the permissions.',
    },
    { cause: error },
  );
}

/** Lines that say something: blanks at the ends are dropped, and so are empty lines. `number` counts from 1. */
export function linesOf(text: string): { number: number; line: string }[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ number: i + 1, line: line.trim() }))
    .filter(({ line }) => line !== '');
}

/** Class names, one a line, as in classes.txt. */
export const classNames = (text: string): string[] => linesOf(text).map(({ line }) => line);
