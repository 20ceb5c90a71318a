import type { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { api, isPending, type EngineEvent } from '../../../../shared/api/index.js';
import { PendingEvents } from '../event-hub.js';
import { handle } from '../handle.js';
import type { Served, Workspace } from '../workspace.js';

/** Milliseconds that events are gathered for before they are sent: a page draws no oftener. */
const GATHER = 100;
/** Milliseconds after which an empty line shows that the connection still stands. */
const HEARTBEAT = 15_000;

const send = (stream: SSEStreamingApi, { type, ...data }: EngineEvent): Promise<void> =>
  stream.writeSSE({ event: type, data: JSON.stringify(data) });

async function tell(stream: SSEStreamingApi, { queue, events }: Served): Promise<void> {
  const pending = new PendingEvents();
  let wake = (): void => undefined;
  const stop = events.listen((event) => {
    pending.add(event);
    wake();
  });
  stream.onAbort(() => wake());
  try {
    for (const job of queue.list().filter(({ state }) => isPending(state))) await send(stream, { type: 'job', job });
    while (!stream.aborted && !stream.closed) {
      const waiting = pending.take();
      for (const event of waiting) await send(stream, event);
      if (waiting.length > 0) await stream.sleep(GATHER);
      else if (!(await somethingWithin(HEARTBEAT))) await stream.write(':\n\n');
    }
  } finally {
    stop();
  }

  function somethingWithin(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

/** Changes of a project as server-sent events. */
export function eventRoutes(app: Hono, workspace: Workspace): void {
  handle(app, api.events.stream, ({ params }, c) => {
    const served = workspace.get(params.project);
    return streamSSE(c, (stream) => tell(stream, served));
  });
}
