import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { fromBase64, toBase64 } from '../../../../shared/base64.js';
import { StudioError } from '../../../../shared/errors.js';
import { packRuns } from '../../../../shared/label-map/runs.js';
import { CorrectedMasks } from '../../services/corrected-masks.js';
import { refineBox } from '../../services/refine-box.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { imageOf } from './media.js';

/** Throws `usage` where a text is no base64. */
function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (error) {
    throw new StudioError({ code: 'usage', message: 'body.labels: no base64', remedy: 'See shared/api.' }, { cause: error }); // prettier-ignore
  }
}

/** Masks as labels to work on, and those made by hand. */
export function maskRoutes(app: Hono, workspace: Workspace): void {
  const { masks } = api;
  const corrected = new CorrectedMasks();

  handle(app, masks.labels, async ({ params }) => {
    const { project } = workspace.get(params.project);
    const { labels, ...mask } = await corrected.read(project, imageOf(project, params.id), params.set);
    return { ...mask, labels: toBase64(labels) };
  });

  handle(app, masks.save, async ({ params, body: { labels, ...body } }) => {
    const { project, events } = workspace.get(params.project);
    const mask = { ...body, labels: bytesOf(labels) };
    const version = await corrected.save(project, imageOf(project, params.id), mask);
    if (body.base === null) events.publish({ type: 'changed', topics: ['sets'] });
    return { version };
  });

  handle(app, masks.refine, async ({ params, body: { labels, ...box } }) => {
    const { project } = workspace.get(params.project);
    const refined = await refineBox(project, imageOf(project, params.id), { ...box, labels: bytesOf(labels) });
    return { labels: toBase64(packRuns(refined)) };
  });

  handle(app, masks.reset, async ({ params, body }) => {
    const { project, events } = workspace.get(params.project);
    await corrected.reset(project, imageOf(project, params.id), body.base);
    events.publish({ type: 'changed', topics: ['sets'] });
    return { done: true as const };
  });
}
