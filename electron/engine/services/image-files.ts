import type { ArtifactRef, ImageRecord } from '../../../shared/project.js';
import { fileVersion } from '../project/file-version.js';
import type { Project } from '../project/project.js';
import { madeSets } from './lineage.js';
import { maskPath } from './sets.js';

/** A file about an image with the version of its content. */
export interface ImageFile extends ArtifactRef {
  classIndex?: number;
  version: string;
}

/** Files that there are about an image: maps of its labels, saliency maps, masks, predictions, in the order of their sets. */
export async function imageFiles(project: Project, { id, classes }: ImageRecord): Promise<ImageFile[]> {
  const { paths } = project;
  const wanted = madeSets(project).flatMap(({ kind, name }): (Omit<ImageFile, 'version'> & { path: string })[] => {
    if (kind === 'maps')
      return classes.map((classIndex) => ({ kind, name, classIndex, path: paths.map(name, id, classIndex) }));
    if (kind === 'saliency') return [{ kind, name, path: paths.saliencyMap(name, id) }];
    if (kind === 'masks' || kind === 'predictions') return [{ kind, name, path: maskPath(project, name, id, kind) }];
    return [];
  });
  const found = await Promise.all(wanted.map(async ({ path, ...file }) => ({ ...file, version: await fileVersion(path) }))); // prettier-ignore
  return found.filter((file): file is ImageFile => file.version !== null);
}
