import { isAbsolute, relative as relativePath, resolve, sep } from 'node:path';
import { StudioError } from '../../../shared/errors.js';

/** Bytes of one file name that leave room for what is put around it (`_19.png`, a temporary name); most systems allow 255. */
const MAX_NAME_BYTES = 200;
/** Characters of a whole id that leave room for the project folder in front of it. */
const MAX_ID_CHARACTERS = 500;

/** Device names of Windows, which no file may bear there, whatever its extension or case. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?$/i;
const CONTROL = /[\u0000-\u001f\u007f]/;
const FORBIDDEN = /[<>:"|?*\\/]/;

/** Why a single file name would not be safe on every file system, or null where it is. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'a name is empty';
  if (name === '.' || name === '..') return `"${name}" is not a name`;
  if (CONTROL.test(name)) return 'it holds a control character';
  const forbidden = FORBIDDEN.exec(name);
  if (forbidden) return `it holds the character ${forbidden[0]}`;
  if (/[. ]$/.test(name)) return `"${name}" ends with a dot or a blank`;
  if (DEVICE.test(name)) return `"${name}" is the name of a device on Windows`;
  if (/\p{Surrogate}/u.test(name)) return 'it is not valid Unicode';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `a name is longer than ${MAX_NAME_BYTES} bytes`;
  return null;
}

/** Why an image id would not be safe as part of a path on every file system, or null where it is. */
export function idProblem(id: string): string | null {
  if (id.length > MAX_ID_CHARACTERS) return `it is longer than ${MAX_ID_CHARACTERS} characters`;
  for (const segment of id.split('/')) {
    const problem = nameProblem(segment);
    if (problem) return problem;
  }
  return null;
}

/**
 * The name of a run, map set, ... as typed by a person, checked to be one safe file name.
 * @throws StudioError usage
 */
export function safeName(name: string): string {
  const problem = nameProblem(name);
  if (problem === null) return name;
  throw new StudioError({
    code: 'usage',
    message: `"${name}" cannot be used as a name: ${problem}`,
    remedy: 'Use letters, digits, dots, dashes and underscores.',
  });
}

/**
 * The id, checked to be safe as part of a path.
 * @throws StudioError id-unsafe
 */
export function safeId(id: string): string {
  const problem = idProblem(id);
  if (problem === null) return id;
  throw new StudioError({
    code: 'id-unsafe',
    message: `the id ${JSON.stringify(id)} is not safe on every file system: ${problem}`,
    file: id,
    remedy: 'Rename the photo.',
  });
}

/** Two ids with one key cannot stand beside each other on every file system (case, composed and decomposed letters). */
export const idKey = (id: string): string => id.normalize('NFC').toLowerCase().normalize('NFC');

/** A photo's id: its path inside the root without the extension, `/` between folders, Unicode NFC. */
export function idOf(path: string): string {
  const id = path.replace(/(?<=[^/])\.[^./]*$/, '');
  return id.normalize('NFC');
}

/**
 * The absolute path of `relative` inside `root`. Both slash and backslash count as separators, so that a file made on
 * one system cannot climb out of the root on another. Links are followed: whoever can place one can read its target.
 * @throws StudioError path-outside
 */
export function resolveInside(root: string, relative: string): string {
  let depth = 0;
  let climbs = false;
  for (const segment of relative.split(/[\\/]/)) {
    if (segment === '..') depth -= 1;
    else if (segment !== '' && segment !== '.') depth += 1;
    climbs ||= depth < 0;
  }
  const rooted = isAbsolute(relative) || /^[\\/]/.test(relative) || /^[a-z]:/i.test(relative);
  const path = rooted || climbs || relative.includes('\0') ? null : resolve(root, relative);
  if (path !== null && isInside(root, path)) return path;
  throw new StudioError({
    code: 'path-outside',
    message: `the path ${JSON.stringify(relative)} leads out of its folder`,
    file: relative,
    remedy: `Use paths inside ${root}.`,
  });
}

/** Whether an absolute path is the folder itself or lies in it, by name. */
export function isInside(root: string, path: string): boolean {
  const way = relativePath(resolve(root), path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
