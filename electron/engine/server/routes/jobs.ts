import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { checkJob } from '../../services/preflight/check.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';

/** The queue of a project. */
export function jobRoutes(app: Hono, workspace: Workspace): void {
  const { jobs } = api;

  handle(app, jobs.list, ({ params }) => ({ jobs: workspace.get(params.project).queue.list() }));

  handle(app, jobs.add, ({ params, body }) => workspace.get(params.project).queue.add(body));

  handle(app, jobs.check, async ({ params, body }) => ({
    checks: await checkJob(workspace.get(params.project).project, body),
  }));

  handle(app, jobs.get, ({ params }) => {
    const { queue } = workspace.get(params.project);
    return { ...queue.get(params.job), log: queue.lines(params.job) };
  });

  handle(app, jobs.act, ({ params, body }) => workspace.get(params.project).queue.act(params.job, body.action));

  handle(app, jobs.move, ({ params, body }) => ({
    jobs: workspace.get(params.project).queue.move(params.job, body.before),
  }));

  handle(app, jobs.remove, ({ params }) => {
    workspace.get(params.project).queue.remove(params.job);
    return { done: true as const };
  });
}
