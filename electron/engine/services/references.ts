import { StudioError } from '../../../shared/errors.js';
import type { ImageRecord, ReferenceScope } from '../../../shared/project.js';
import type { Project } from '../project/project.js';

/** The index of a class by its name, or by its number from 0. Throws `label-unknown`. */
export function classIndexOf(project: Project, name: string): number {
  const { classes } = project.config;
  const byName = classes.indexOf(name);
  if (byName >= 0) return byName;
  if (/^\d+$/.test(name) && Number(name) < classes.length) return Number(name);
  throw noSuchClass(project, name);
}

const noSuchClass = ({ config }: Project, name: string): StudioError =>
  new StudioError({
    code: 'label-unknown',
    message: `the project has no class "${name}"`,
    remedy: `Choose one of: ${config.classes.join(', ')}.`,
  });

/** The image of that id, which must carry the class. Throws `set-missing` for no such image, `label-missing`. */
export function imageWithClass({ store, config }: Project, id: string, classIndex: number): ImageRecord {
  const image = store.image(id);
  if (!image) {
    throw new StudioError({
      code: 'set-missing',
      message: `there is no image "${id}" in the project`,
      remedy: 'Ids are paths inside the dataset without extension.',
    });
  }
  if (image.classes.includes(classIndex)) return image;
  throw new StudioError({
    code: 'label-missing',
    message: `the image "${id}" is not labelled "${config.classes[classIndex]}"`,
    remedy: 'References must carry the class: choose another image.',
  });
}

/** A stored reference set with whose it is. */
export interface ReferenceSet extends ReferenceScope {
  references: string[];
}

/** The stored reference sets of a class and an image, of all where they are left out. */
export function referenceSets({ store }: Project, wanted: Partial<ReferenceScope> = {}): ReferenceSet[] {
  return store
    .referenceScopes()
    .filter(({ classIndex }) => wanted.classIndex === undefined || classIndex === wanted.classIndex)
    .filter(({ imageId }) => wanted.imageId === undefined || imageId === wanted.imageId)
    .map((scope) => ({ ...scope, references: store.references(scope) }));
}

/**
 * Stores a reference set in the place of an earlier one; without ids it is removed. The images, and the one that it is
 * for, must carry the class. Throws `label-unknown`, `set-missing`, `label-missing`.
 */
export function storeReferences(project: Project, scope: ReferenceScope, ids: readonly string[]): void {
  const { classIndex, imageId } = scope;
  if (classIndex >= project.config.classes.length) throw noSuchClass(project, String(classIndex));
  for (const id of imageId === undefined ? ids : [imageId, ...ids]) imageWithClass(project, id, classIndex);
  project.store.setReferences(scope, ids);
}
