import { StudioError } from '../../../../shared/errors.js';
import type { RgbImage } from '../../../../shared/types.js';
import { WORKING_PIXELS, decodePhoto } from '../../images/index.js';
import type { Project } from '../../project/project.js';

/** The file of a project's image; throws `file-missing` for an id of no image. */
export function photoPaths({ store, photoPath }: Project): (id: string) => string {
  return (id) => {
    const image = store.image(id);
    if (image) return photoPath(image);
    throw new StudioError({ code: 'file-missing', message: `there is no image "${id}" in the project`, file: id });
  };
}

/** Reads photos of a project by id, very large ones at a reduced size; throws what the decoder throws, and `file-missing`. */
export function photoReader(project: Project): (id: string) => Promise<RgbImage> {
  const pathOf = photoPaths(project);
  return async (id) => decodePhoto(pathOf(id), WORKING_PIXELS);
}
