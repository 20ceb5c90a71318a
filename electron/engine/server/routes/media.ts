import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { StudioError } from '../../../../shared/errors.js';
import type { ImageRecord } from '../../../../shared/project.js';
import { displayedPhoto, encodeLabelMap, type Picture } from '../../images/index.js';
import type { Project } from '../../project/project.js';
import { readTruth } from '../../services/evaluation-files.js';
import { maskPath, paletteOf } from '../../services/sets.js';
import type { Thumbnails } from '../../services/thumbnails.js';
import { sendPng, sendVersioned, versionOf } from '../bytes.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';

/** An image by its id. What is not in the index never becomes a path. Throws `file-missing`. */
export function imageOf({ store }: Project, id: string): ImageRecord {
  const image = store.image(id);
  if (image) return image;
  throw new StudioError({
    code: 'file-missing',
    message: `there is no image "${id}" in the project`,
    file: id,
    remedy: 'Ask for the list of images again.',
  });
}

/** Pictures: thumbnails, photos, ground truth, maps, saliency, masks, predictions. */
export function mediaRoutes(app: Hono, workspace: Workspace, thumbnails: Thumbnails): void {
  const { images } = api;
  const found = (key: string, id: string): { project: Project; image: ImageRecord; photo: string } => {
    const { project } = workspace.get(key);
    const image = imageOf(project, id);
    return { project, image, photo: project.photoPath(image) };
  };

  handle(app, images.thumbnail, async ({ params, query: { v, side } }, c) => {
    const { photo } = found(params.project, params.id);
    const own = await versionOf(photo, 'such photo any more');
    const version = `${own}-${side}`;
    const asked = v === own ? version : undefined;
    const read = async (): Promise<Picture> => ({ type: 'image/webp', data: await thumbnails.get(photo, own, side) });
    return sendVersioned(c, { version, asked, read });
  });

  handle(app, images.photo, async ({ params, query: { v } }, c) => {
    const { photo } = found(params.project, params.id);
    const version = await versionOf(photo, 'such photo any more');
    return sendVersioned(c, { version, asked: v, read: () => displayedPhoto(photo) });
  });

  handle(app, images.truth, async ({ params, query: { v } }, c) => {
    const { project, image } = found(params.project, params.id);
    const file = project.truthPath(image);
    const version = await versionOf(file ?? '', 'ground truth of this image');
    const read = async (): Promise<Picture> => {
      const truth = await readTruth(project, { kind: 'masks', set: '' }, image);
      return { type: 'image/png', data: encodeLabelMap(truth!, paletteOf(project)) };
    };
    return sendVersioned(c, { version, asked: v, read });
  });

  handle(app, images.map, ({ params: { project: key, id, set, classIndex }, query: { v } }, c) => {
    const { project } = found(key, id);
    return sendPng(c, project.paths.map(set, id, classIndex), 'such map of this image', v);
  });

  handle(app, images.saliency, ({ params: { project: key, id, set }, query: { v } }, c) => {
    const { project } = found(key, id);
    return sendPng(c, project.paths.saliencyMap(set, id), 'such saliency map of this image', v);
  });

  handle(app, images.mask, ({ params: { project: key, id, set }, query: { v } }, c) => {
    const { project } = found(key, id);
    return sendPng(c, maskPath(project, set, id), 'such mask of this image', v);
  });

  handle(app, images.prediction, ({ params: { project: key, id, set }, query: { v } }, c) => {
    const { project } = found(key, id);
    return sendPng(c, maskPath(project, set, id, 'predictions'), 'such prediction of this image', v);
  });
}
