import type { Hono } from 'hono';
import { api, type Image, type ImageQuery } from '../../../../shared/api/index.js';
import type { ImageRecord } from '../../../../shared/project.js';
import { fileVersion } from '../../project/file-version.js';
import type { Project } from '../../project/project.js';
import { imageFiles } from '../../services/image-files.js';
import { indexMasks } from '../../services/mask-index.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { imageOf } from './media.js';

async function shownImage(
  project: Project,
  { path: _, truth, ...image }: ImageRecord & { path: string },
): Promise<Image> {
  const version = await fileVersion(project.photoPath({ dataset: image.dataset, path: _ }));
  return { ...image, hasTruth: truth !== null, version };
}

/** Images as data: pages, figures, one with its files. */
export function imageRoutes(app: Hono, workspace: Workspace): void {
  const { images } = api;
  /** A filter by masks needs to know which there are by now. */
  const ready = async (key: string, { masks }: ImageQuery): Promise<Project> => {
    const { project } = workspace.get(key);
    if (masks !== undefined) await indexMasks(project, masks);
    return project;
  };

  handle(app, images.page, async ({ params, query }) => {
    const project = await ready(params.project, query);
    const { images: records, next } = project.store.browser.page(query);
    const total = project.store.browser.count(query);
    return { total, next, images: await Promise.all(records.map((record) => shownImage(project, record))) };
  });

  handle(app, images.statistics, async ({ params, query }) => {
    const project = await ready(params.project, query);
    const found = project.store.browser.statistics(query, project.config.classes.length);
    return { ...found, classes: found.together.map((row, index) => row[index]) };
  });

  handle(app, images.get, async ({ params }) => {
    const { project } = workspace.get(params.project);
    const image = imageOf(project, params.id);
    const changes = project.store.labels.changes().filter(({ imageId }) => imageId === image.id);
    return {
      ...(await shownImage(project, image)),
      path: image.path,
      file: project.photoPath(image),
      files: await imageFiles(project, image),
      labelChanges: changes.map(({ classIndex, weight, run }) => ({ classIndex, weight, run })),
    };
  });
}
