import type { Hono } from 'hono';
import { api, type Image, type ImageQuery } from '../../../../shared/api/index.js';
import { readScoreName } from '../../../../shared/dataset/scores.js';
import { fileVersion } from '../../project/file-version.js';
import type { BrowsedImage } from '../../project/image-browser.js';
import type { Project } from '../../project/project.js';
import { sizeNow } from '../../services/corrected-masks.js';
import { imageFiles } from '../../services/image-files.js';
import { indexMasks } from '../../services/mask-index.js';
import { askedScores, indexScores, projectScores } from '../../services/score-index.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { imageOf } from './media.js';

/** An image as data, with the version of its photo. */
export async function shownImage(project: Project, { path: _, truth, ...image }: BrowsedImage): Promise<Image> {
  const version = await fileVersion(project.photoPath({ dataset: image.dataset, path: _ }));
  // A class that was taken out of project.json is none that anything can be given.
  const classes = image.classes.filter((index) => index < project.config.classes.length);
  return { ...image, classes, hasTruth: truth !== null, version };
}

/** The project, its index brought up to date about the masks and scores that a query asks for: they come from files. */
export async function readyFor(
  workspace: Workspace,
  key: string,
  query: Pick<ImageQuery, 'masks' | 'scores'> & { sort?: string; score?: string },
): Promise<Project> {
  const { project } = workspace.get(key);
  if (query.masks !== undefined) await indexMasks(project, query.masks);
  await indexScores(project, askedScores(query));
  return project;
}

/** Images as data: pages, figures, one with its files. */
export function imageRoutes(app: Hono, workspace: Workspace): void {
  const { images } = api;

  handle(app, images.page, async ({ params, query }) => {
    const project = await readyFor(workspace, params.project, query);
    const { images: records, next } = project.store.browser.page(query);
    const total = project.store.browser.count(query);
    return { total, next, images: await Promise.all(records.map((record) => shownImage(project, record))) };
  });

  handle(app, images.ids, async ({ params, query }) => {
    const { store } = await readyFor(workspace, params.project, query);
    return { ids: store.browser.ids(query) };
  });

  handle(app, images.beside, async ({ params, query: { from, state, forward, ...query } }) => {
    const { store } = await readyFor(workspace, params.project, query);
    return { found: store.browser.beside(query, { from, state, forward }) };
  });

  handle(app, images.place, async ({ params, query: { id, ...query } }) => {
    const { store } = await readyFor(workspace, params.project, query);
    return { place: store.browser.place(query, id) };
  });

  handle(app, images.statistics, async ({ params, query }) => {
    const { store, config } = await readyFor(workspace, params.project, query);
    return store.figures.statistics(query, config.classes.length);
  });

  handle(app, images.together, async ({ params, query }) => {
    const { store, config } = await readyFor(workspace, params.project, query);
    return { together: store.figures.together(query, config.classes.length) };
  });

  handle(app, images.histogram, async ({ params, query: { score, bins, ...query } }) => {
    const { store } = await readyFor(workspace, params.project, { ...query, score });
    return store.figures.histogram(query, readScoreName(score)!, bins);
  });

  handle(app, images.scores, ({ params }) => ({ scores: projectScores(workspace.get(params.project).project) }));

  handle(app, images.get, async ({ params }) => {
    const { project } = workspace.get(params.project);
    const { store } = project;
    const image = imageOf(project, params.id);
    const changes = store.labels.changes().filter(({ imageId }) => imageId === image.id);
    return {
      ...(await shownImage(project, store.browser.image(image.id)!)),
      ...(await sizeNow(project, image)),
      path: image.path,
      file: project.photoPath(image),
      files: await imageFiles(project, image),
      labelChanges: changes.map(({ classIndex, weight, run }) => ({ classIndex, weight, run })),
      labelEdits: store.edits.labels(image.id),
    };
  });
}
