import { extname } from 'node:path';
import type { ImageRecord } from '../../../../shared/project.js';
import { nameProblem } from '../paths.js';
import type { ExportContext, ExportFormat } from './format.js';

/** Replaces what `pattern` finds by `%XX`, a byte of UTF-8 each; reversible where `%` is among it. */
export const percentEncoded = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (found) =>
    [...Buffer.from(found)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

/** A split's name as part of a file name: what file systems do not take is encoded. `all` for images of no split. */
export function splitName(split: string | null): string {
  if (split === null) return 'all';
  const name = percentEncoded(split, /[%<>:"|?*\\/\s\u0000-\u001f\u007f]/g);
  return nameProblem(name) === null ? name : `_${name}_`;
}

/** `.jpg`: the ending of a photo, with the dot. */
export const endingOf = ({ path }: ImageRecord): string => extname(path);

/** `images/<id>.jpg`: the place of photos in formats that have none of their own. */
export const plainPhotoPath = (image: ImageRecord): string => `images/${image.id}${endingOf(image)}`;

/** What documents call a photo: its path in the folder where it is there, else its path in its dataset. */
export const photoName = (
  format: Pick<ExportFormat, 'photoPath'>,
  image: ImageRecord,
  context: ExportContext,
): string => (context.photos === 'none' ? image.path : format.photoPath(image));

/** Names of classes one a line, as the import reads them. */
export const classLines = (classes: readonly string[]): string => classes.map((name) => `${oneLine(name)}\n`).join('');

/** Text that stays within its line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The name for undecided pixels, which no class may have. */
export function ignoreName(classes: readonly string[]): string {
  let name = 'ignore';
  while (classes.includes(name)) name += '_';
  return name;
}

/** A label's name: of a class, or of undecided pixels. */
export const labelName = (label: number, classes: readonly string[]): string =>
  classes[label - 1] ?? ignoreName(classes);
