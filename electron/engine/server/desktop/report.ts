import { isPending } from '../../../../shared/api/index.js';
import type { FromEngine } from '../../../../shared/shell/engine-messages.js';
import { PendingEvents } from '../event-hub.js';
import { shownProject, type Served } from '../workspace.js';

/** Milliseconds that changes of jobs are gathered for: a task bar shows no more. */
const GATHER = 250;

/** Tells the shell of a project, of its jobs that wait or work, and of what becomes of them. */
export function report(served: Served, send: (message: FromEngine) => void): void {
  const { key, queue, events } = served;
  const pending = new PendingEvents();
  let timer: NodeJS.Timeout | null = null;
  events.listen((event) => {
    pending.add(event);
    timer ??= setTimeout(() => {
      timer = null;
      for (const one of pending.take()) if (one.type !== 'changed') send({ ...one, project: key });
    }, GATHER);
  });
  send({ type: 'project', project: shownProject(served) });
  for (const job of queue.list().filter(({ state }) => isPending(state))) send({ type: 'job', project: key, job });
}
