import type { Hono } from 'hono';
import { api, jobRequests, type JobRequest } from '../../../../shared/api/index.js';
import type { MachineSettingsFile } from '../../services/machine/settings.js';
import { checkJob } from '../../services/preflight/check.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';

/** A request on the device that the person has set, where its kind takes one and it names none. */
function withDevice(request: JobRequest, settings: MachineSettingsFile): JobRequest {
  const takesOne = 'device' in jobRequests[request.kind].shape;
  const named = 'device' in request && request.device !== undefined;
  return takesOne && !named ? ({ ...request, device: settings.read().device ?? undefined } as JobRequest) : request;
}

/** The queue of a project. */
export function jobRoutes(app: Hono, workspace: Workspace, settings: MachineSettingsFile): void {
  const { jobs } = api;

  handle(app, jobs.list, ({ params }) => ({ jobs: workspace.get(params.project).queue.list() }));

  handle(app, jobs.add, ({ params, body }) => workspace.get(params.project).queue.add(withDevice(body, settings)));

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
