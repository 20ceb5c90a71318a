import { StudioError } from '../../../shared/errors.js';
import type { ImageRecord } from '../../../shared/project.js';
import type { Project } from '../project/project.js';

/** The index of a class by its name, or by its number from 0. Throws `label-unknown`. */
export function classIndexOf({ config: { classes } }: Project, name: string): number {
  const byName = classes.indexOf(name);
  if (byName >= 0) return byName;
  if (/^\d+$/.test(name) && Number(name) < classes.length) return Number(name);
  throw new StudioError({
    code: 'label-unknown',
    message: `the project has no class "${name}"`,
    remedy: `Choose one of: ${classes.join(', ')}.`,
  });
}

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
