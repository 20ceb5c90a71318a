import type { Hono } from 'hono';
import { api, type Edit } from '../../../../shared/api/index.js';
import { StudioError } from '../../../../shared/errors.js';
import type { Project } from '../../project/project.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { readyFor } from './images.js';

/** Throws `label-unknown` for the number of a class that the project does not have. */
function requireClasses({ config: { classes } }: Project, wanted: readonly number[]): void {
  const unknown = wanted.find((index) => index >= classes.length);
  if (unknown === undefined) return;
  throw new StudioError({
    code: 'label-unknown',
    message: `there is no class ${unknown}; the project has ${classes.length}`,
    remedy: 'Ask for the classes of the project again.',
  });
}

/** What persons do to images: labels, tags, review; taking it back; and views of them. */
export function editRoutes(app: Hono, workspace: Workspace): void {
  const { edits, views } = api;

  /** Pages that show the images ask again once something is done. */
  const told = (key: string, edit: Edit | null): { edit: Edit | null } => {
    if (edit) workspace.get(key).events.publish({ type: 'changed', topics: ['images'] });
    return { edit };
  };

  handle(app, edits.apply, async ({ params, body: { selection, change } }) => {
    const project = await readyFor(workspace, params.project, 'query' in selection ? selection.query : {});
    requireClasses(project, [...change.addClasses, ...change.removeClasses]);
    return told(params.project, project.store.edits.apply(selection, change));
  });

  handle(app, edits.undo, ({ params }) =>
    told(params.project, workspace.get(params.project).project.store.edits.undo()),
  );

  handle(app, edits.redo, ({ params }) =>
    told(params.project, workspace.get(params.project).project.store.edits.redo()),
  );

  handle(app, edits.next, ({ params }) => workspace.get(params.project).project.store.edits.next());

  handle(app, edits.tags, ({ params }) => ({ tags: workspace.get(params.project).project.store.edits.tags() }));

  handle(app, views.list, ({ params }) => ({ views: workspace.get(params.project).project.store.views.list() }));

  handle(app, views.save, ({ params: { project, name }, body }) => {
    const view = { name, ...body };
    workspace.get(project).project.store.views.save(view);
    return view;
  });

  handle(app, views.remove, ({ params: { project, name } }) => {
    workspace.get(project).project.store.views.remove(name);
    return { done: true as const };
  });
}
