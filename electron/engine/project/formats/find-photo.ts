import { photoEndings } from './text.js';

/** Lower case first, as most are. */
const ENDINGS = photoEndings.flatMap((ending) => [ending, ending.toUpperCase()]);

/** Where the photo of a path without its ending may be: a JPEG first, then every other kind. */
export const photoPaths = (path: string): string[] => ENDINGS.map((ending) => path + ending);
