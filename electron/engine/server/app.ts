import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { MOST_MASK, api } from '../../../shared/api/index.js';
import { StudioError } from '../../../shared/errors.js';
import { settingForms } from '../../../shared/settings/form.js';
import type { MachineServices } from '../services/machine/machine.js';
import { ownHost, ownOrigin, withToken, type Access } from './access/guard.js';
import { OPEN, openLink } from './access/open.js';
import { errorAnswer } from './errors.js';
import { handle } from './handle.js';
import { freshUnlessSaid, protectiveHeaders } from './headers.js';
import { pageFiles } from './page.js';
import { clickRoutes } from './routes/clicks.js';
import { editRoutes } from './routes/edits.js';
import { evaluationRoutes } from './routes/evaluations.js';
import { eventRoutes } from './routes/events.js';
import { imageRoutes } from './routes/images.js';
import { jobRoutes } from './routes/jobs.js';
import { machineRoutes } from './routes/machine.js';
import { madeRoutes } from './routes/made.js';
import { maskRoutes } from './routes/masks.js';
import { mediaRoutes } from './routes/media.js';
import { previewRoutes } from './routes/previews.js';
import { queueRoutes } from './routes/queue.js';
import { projectRoutes } from './routes/projects.js';
import { sampleRoutes } from './routes/sample.js';
import type { Workspace } from './workspace.js';

export interface AppParts {
  access: Access;
  workspace: Workspace;
  machine: MachineServices;
  /** Folder of the window's page. */
  page: string;
  /** Archive of the sample project. */
  sample: string;
  /** Told of errors that nobody foresaw. */
  onUnforeseen?(error: unknown): void;
}

/** Bytes of the largest body: a reference set or a job, with room to spare. */
const MOST_BODY = 2 ** 20;

/** Refuses larger bodies than that before they are in memory. */
const upTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError() {
      throw new StudioError({
        code: 'file-too-large',
        message: `the body of the request is larger than ${maxSize} bytes`,
        remedy: 'Send less at a time.',
      });
    },
  });

/** Everything that the engine answers. Each request passes host, origin and token before anything looks at it. */
export function createApp({ access, workspace, machine, page, sample, onUnforeseen }: AppParts): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    const { body, status } = errorAnswer(error);
    if (body.code === 'internal') onUnforeseen?.(error);
    return c.json(body, status);
  });

  app.use(protectiveHeaders(), freshUnlessSaid(), ownHost(access));
  // The link comes from a terminal, a mail, a file: from anywhere. Its key is what counts.
  app.get(OPEN, openLink(access));
  app.use(ownOrigin(), withToken(access));
  const [small, large] = [upTo(MOST_BODY), upTo(MOST_MASK)];
  app.use((c, next) => (c.req.method === 'PUT' && c.req.path.endsWith('/masks/corrected') ? large : small)(c, next));

  handle(app, api.settings.list, ({ query }) => ({ groups: settingForms(query.language) }));
  projectRoutes(app, workspace);
  sampleRoutes(app, workspace, sample);
  previewRoutes(app, workspace);
  queueRoutes(app, workspace);
  imageRoutes(app, workspace);
  editRoutes(app, workspace);
  mediaRoutes(app, workspace, machine.thumbnails);
  maskRoutes(app, workspace);
  clickRoutes(app, workspace, machine);
  madeRoutes(app, workspace);
  evaluationRoutes(app, workspace);
  jobRoutes(app, workspace, machine.settings);
  machineRoutes(app, machine);
  eventRoutes(app, workspace);

  app.all('/api/*', (c) => c.json({ code: 'usage', message: 'there is no such request', remedy: 'See docs/api.md.' }, 404)); // prettier-ignore
  app.get('*', pageFiles(page));
  return app;
}
