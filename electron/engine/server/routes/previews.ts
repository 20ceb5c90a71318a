import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { sendVersioned } from '../bytes.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';

const timed = async <Answer>(work: Promise<Answer>): Promise<Answer & { seconds: number }> => {
  const from = performance.now();
  const answer = await work;
  return { ...answer, seconds: (performance.now() - from) / 1000 };
};

/** Previews: what a reference set does to a map, and where co-attention looks. */
export function previewRoutes(app: Hono, workspace: Workspace): void {
  const { previews } = api;

  handle(app, previews.map, async ({ params, body: { imageId, classIndex, references, ...source } }) => {
    const { previews: own } = workspace.get(params.project);
    const { map, ...answer } = await timed(own.ask(source, { ask: 'map', imageId, classIndex, references }));
    return { ...answer, map: own.keep(map) };
  });

  handle(app, previews.parted, async ({ params, body: { imageId, classIndex, references, ...source } }) => {
    const { previews: own } = workspace.get(params.project);
    const found = await timed(own.ask(source, { ask: 'parted', imageId, classIndex, references }));
    return { gate: own.keep(found.gate), rest: own.keep(found.rest), seconds: found.seconds };
  });

  handle(
    app,
    previews.attention,
    async ({ params, body: { imageId, classIndex, references, at, from, ...source } }) => {
      const { previews: own } = workspace.get(params.project);
      const question = { ask: 'attention', imageId, classIndex, references, at, from } as const;
      const { attention, seconds } = await timed(own.ask(source, question));
      return {
        seconds,
        attention: attention.map(({ id, share, map: { width, height, data } }) => ({
          id,
          share,
          width,
          height,
          values: [...data].map((value) => Math.round(value * 255)),
        })),
      };
    },
  );

  handle(app, previews.picture, ({ params: { project, picture } }, c) => {
    const data = workspace.get(project).previews.picture(picture);
    // The name is that of the bytes.
    return sendVersioned(c, { version: picture, asked: picture, read: async () => ({ type: 'image/png', data }) });
  });
}
