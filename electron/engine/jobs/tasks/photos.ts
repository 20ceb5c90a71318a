import { StudioError } from '../../../../shared/errors.js';
import type { RgbImage } from '../../../../shared/types.js';
import { WORKING_PIXELS, decodePhoto } from '../../images/index.js';
import type { Project } from '../../project/project.js';

/** Reads photos of a project by id, very large ones at a reduced size; throws what the decoder throws, and `file-missing` for an id of no image. */
export function photoReader({ store, photoPath }: Project): (id: string) => Promise<RgbImage> {
  return async (id) => {
    const image = store.image(id);
    if (image) return decodePhoto(photoPath(image), WORKING_PIXELS);
    throw new StudioError({ code: 'file-missing', message: `there is no image "${id}" in the project`, file: id });
  };
}
