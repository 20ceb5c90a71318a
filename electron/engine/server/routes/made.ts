import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { evaluationSchema } from '../../../../shared/evaluation.js';
import { readJsonFile } from '../../project/files.js';
import { assessReferences } from '../../services/assess-references.js';
import { candidates } from '../../services/candidates.js';
import { madeSets } from '../../services/lineage.js';
import { referenceSets, storeReferences } from '../../services/references.js';
import { runPreview, runPreviews } from '../../services/run-previews.js';
import { runLog, runSummaries, runSummary, withCourse } from '../../services/runs.js';
import { sendPng } from '../bytes.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { readyFor } from './images.js';

/** What a project has made: runs with their logs, sets with their lineage, evaluations; and reference sets. */
export function madeRoutes(app: Hono, workspace: Workspace): void {
  const { runs, sets, references } = api;

  handle(app, runs.list, async ({ params }) => {
    const { project } = workspace.get(params.project);
    return { runs: await Promise.all(runSummaries(project).map((run) => withCourse(project, run))) };
  });

  handle(app, runs.get, ({ params }) => {
    const { project } = workspace.get(params.project);
    return withCourse(project, runSummary(project, params.run));
  });

  handle(app, runs.log, ({ params, query }) => runLog(workspace.get(params.project).project, params.run, query.from));

  handle(app, runs.previews, ({ params }) => runPreviews(workspace.get(params.project).project, params.run));

  handle(app, runs.preview, ({ params: { project, run, epoch, id, classIndex }, query: { v } }, c) => {
    const file = runPreview(workspace.get(project).project, run, { epoch, id, classIndex });
    return sendPng(c, file, 'such preview', v);
  });

  handle(app, sets.list, ({ params }) => ({ sets: madeSets(workspace.get(params.project).project) }));

  handle(app, sets.evaluation, ({ params }) => {
    const { paths } = workspace.get(params.project).project;
    return readJsonFile(paths.evaluation(params.name), evaluationSchema);
  });

  handle(app, references.list, ({ params, query }) => ({
    sets: referenceSets(workspace.get(params.project).project, query),
  }));

  handle(
    app,
    references.candidates,
    async ({ params, query: { run, classIndex, imageId, order, limit, ...filter } }) => {
      const project = await readyFor(workspace, params.project, filter);
      return candidates(project, { run, classIndex, imageId, order, limit, filter });
    },
  );

  handle(app, references.assess, ({ params, body }) => assessReferences(workspace.get(params.project).project, body));

  handle(app, references.set, ({ params, body: { references: ids, ...scope } }) => {
    const { project, events } = workspace.get(params.project);
    storeReferences(project, scope, ids);
    events.publish({ type: 'changed', topics: ['references'] });
    return { ...scope, references: project.store.references(scope) };
  });
}
