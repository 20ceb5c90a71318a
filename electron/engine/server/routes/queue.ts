import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { imageOf } from './media.js';

/** The order in which images are reviewed. */
export function queueRoutes(app: Hono, workspace: Workspace): void {
  handle(app, api.queue.place, ({ params, query }) => {
    const { project } = workspace.get(params.project);
    const { id } = imageOf(project, query.id);
    const { queue } = project.store;
    const { place = null, first = false } = queue.place(params.set, id) ?? {};
    return { ...queue.counts(params.set), place, first, terms: queue.terms(params.set, id) };
  });

  handle(app, api.queue.next, ({ params, query }) => {
    const { project } = workspace.get(params.project);
    const from = query.id === undefined ? null : imageOf(project, query.id).id;
    return { found: project.store.queue.next(params.set, from) };
  });
}
