import type { Hono } from 'hono';
import { api, isPending, type Job } from '../../../../shared/api/index.js';
import { isFilled, isSample } from '../../services/sample/fill.js';
import { sampleFolder, sampleProject } from '../../services/sample/make.js';
import { readRecipe, type SampleRecipe } from '../../services/sample/recipe.js';
import { handle } from '../handle.js';
import { shownProject, type Served, type Workspace } from '../workspace.js';

/** The job that fills a sample, asked for unless it is on its way; null for a project that needs none. */
function fillingJob({ project, queue }: Served, recipe: SampleRecipe): Job | null {
  const pending = queue.list().find(({ kind, state }) => kind === 'sample' && isPending(state));
  if (pending) return pending.actions.includes('resume') ? queue.act(pending.id, 'resume') : pending;
  const wanted = isSample(project, recipe) && !isFilled(project, recipe);
  return wanted ? queue.add({ kind: 'sample' }) : null;
}

/** The sample project in one request. `archive` is what it comes with. */
export function sampleRoutes(app: Hono, workspace: Workspace, archive: string): void {
  handle(app, api.projects.sample, async ({ body }) => {
    const recipe = await readRecipe(archive);
    const folder = body.folder ?? sampleFolder(recipe);
    sampleProject(folder, recipe).close();
    const served = workspace.open(folder);
    return { project: shownProject(served), job: fillingJob(served, recipe) };
  });
}
