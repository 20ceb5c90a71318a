import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { dryRun } from '../../project/import/dry-run.js';
import { projectFor } from '../../project/import/new-project.js';
import { projectInfo } from '../../project/info.js';
import { isProject } from '../../project/project.js';
import { paletteOf } from '../../services/sets.js';
import { handle } from '../handle.js';
import { shownProject, type Workspace } from '../workspace.js';

/** Problems of imports that are sent. */
const FAILURES = 200;

/** Projects: what is open, opening and making one, figures; and the dry run of an import. */
export function projectRoutes(app: Hono, workspace: Workspace): void {
  const { projects } = api;

  handle(app, projects.list, () => ({ projects: workspace.list() }));

  handle(app, projects.open, ({ body }) => shownProject(workspace.open(body.folder)));

  handle(app, projects.create, async ({ body: { folder, name, ...dataset } }) => {
    (await projectFor({ folder, name, ...dataset })).close();
    const served = workspace.open(folder);
    return { project: shownProject(served), job: served.queue.add({ kind: 'import', ...dataset }) };
  });

  handle(app, projects.present, ({ body }) => ({ present: body.folders.map(isProject) }));

  handle(app, projects.failures, ({ params, query: { offset, limit } }) => {
    const all = workspace.get(params.project).project.store.failures();
    return { failures: all.slice(offset, offset + limit), total: all.length };
  });

  handle(app, projects.dryRun, ({ body }, c) => dryRun(body, c.req.raw.signal));

  handle(app, projects.info, ({ params }) => {
    const served = workspace.get(params.project);
    const { failures, ...info } = projectInfo(served.project);
    const palette = paletteOf(served.project).slice(0, info.classes.length + 1);
    return {
      ...shownProject(served),
      ...info,
      palette: palette.map(([red, green, blue]): [number, number, number] => [red, green, blue]),
      failures: failures.slice(0, FAILURES),
      failureCount: failures.length,
    };
  });
}
