import { basename, dirname, join, relative, sep } from 'node:path';
import { isInside } from '../../paths.js';
import { splitInName } from '../split-name.js';
import { existsInside, isFile, isFolder, namesIn } from '../text.js';
import { jsonElements } from './json-elements.js';

/** An annotation file, the split it stands for and the folders its photos may lie in. */
export interface AnnotationFile {
  file: string;
  split: string | null;
  /** Inside the dataset root, `''` for itself, without a slash at the end; in the order of trying. */
  folders: string[];
}

const FOLDER = 'annotations';
const INSTANCES = /^instances_(.+)\.json$/;
/** As Roboflow exports it, one in each folder of photos. */
const BESIDE_PHOTOS = '_annotations.coco.json';
/** Elements looked at to tell COCO's JSON from other JSON. */
const PEEK = 3;

/**
 * The annotation files of a dataset: annotations/instances_<split>.json, else every other .json there; else
 * <split>/_annotations.coco.json; else the .json files of the root that look like it. A file named in the options stands
 * in place of them.
 */
export async function annotationFiles(root: string, given?: string): Promise<AnnotationFile[]> {
  if (given !== undefined) return given.toLowerCase().endsWith('.json') ? [describe(root, given)] : [];
  const listed = (await namesIn(join(root, FOLDER))).filter((name) => name.toLowerCase().endsWith('.json'));
  const instances = listed.filter((name) => INSTANCES.test(name));
  const own = (instances.length > 0 ? instances : listed).map((name) => join(root, FOLDER, name));
  if (own.length > 0) return own.map((file) => describe(root, file));
  const names = await namesIn(root);
  const beside: string[] = [];
  for (const name of ['.', ...names]) {
    const file = join(root, name, BESIDE_PHOTOS);
    if (await isFile(file)) beside.push(file);
  }
  if (beside.length > 0) return beside.map((file) => describe(root, file));
  return names.filter((name) => /\.json$/i.test(name)).map((name) => describe(root, join(root, name)));
}

function describe(root: string, file: string): AnnotationFile {
  const name = basename(file);
  const folder = isInside(root, file) ? relative(root, dirname(file)).split(sep).join('/') : '';
  const besidePhotos = name === BESIDE_PHOTOS;
  const split = besidePhotos ? folder : (INSTANCES.exec(name)?.[1] ?? splitInName(name) ?? '');
  const named = split === '' ? [] : [split, `images/${split}`];
  const folders = besidePhotos ? [folder] : [...named, 'images', '', folder];
  return { file, split: split || null, folders };
}

/** Whether a file begins like COCO's JSON, without reading it to its end. */
export async function looksLikeCoco(file: string): Promise<boolean> {
  let seen = 0;
  try {
    for await (const { key } of jsonElements(file)) {
      if (['images', 'annotations', 'categories'].includes(key)) return true;
      if (++seen >= PEEK && key !== 'licenses') return false;
    }
  } catch {
    // A file that cannot be read is nothing that could be recognised.
  }
  return false;
}

/** The first of the folders that holds one of the photos, or the first where none does. */
export async function photoFolder(
  root: string,
  { folders }: AnnotationFile,
  photos: readonly string[],
): Promise<string> {
  for (const folder of folders) {
    if (folder !== '' && !(await isFolder(join(root, folder)))) continue;
    for (const photo of photos) if (await existsInside(root, inFolder(folder, photo))) return folder;
  }
  return folders[0];
}

/** Not joined, so that a path which climbs out is met by the check of the import. */
export const inFolder = (folder: string, photo: string): string => (folder === '' ? photo : `${folder}/${photo}`);
