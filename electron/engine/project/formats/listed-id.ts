import { photoEndings } from './text.js';

const PHOTOS = 'JPEGImages/';

/**
 * The image that a list or label file means, as the dataset writes it: of `/JPEGImages/2007_000032.jpg`,
 * `VOC2012\JPEGImages\2007_000032.jpg`, `./2007_000032` and `2007_000032` the last. An ending is taken away where it is
 * one of photos; ids may hold other dots.
 */
export function listedName(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const at = slashed.lastIndexOf(PHOTOS);
  const inside = at < 0 ? slashed : slashed.slice(at + PHOTOS.length);
  const relative = inside.replace(/^(?:\.?\/)+/, '');
  const lower = relative.toLowerCase();
  const ending = photoEndings.find((one) => lower.endsWith(one));
  return ending ? relative.slice(0, -ending.length) : relative;
}

/** The same as an image id. */
export const listedId = (path: string): string => listedName(path).normalize('NFC');
