import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { toBase64 } from '../../../../shared/base64.js';
import type { MachineServices } from '../../services/machine/machine.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { imageOf } from './media.js';

/** Models that answer clicks, and their masks. */
export function clickRoutes(app: Hono, workspace: Workspace, { clicks }: MachineServices): void {
  const { clicks: routes } = api;

  handle(app, routes.models, () => ({ models: clicks.models() }));

  handle(app, routes.add, ({ body }) => clicks.add(body));

  handle(app, routes.remove, ({ params }) => {
    clicks.remove(params.name);
    return { done: true as const };
  });

  handle(app, routes.mask, async ({ params, body }) => {
    const { project } = workspace.get(params.project);
    const { labels, ...mask } = await clicks.mask(project, imageOf(project, params.id), body);
    return { ...mask, labels: toBase64(labels) };
  });
}
