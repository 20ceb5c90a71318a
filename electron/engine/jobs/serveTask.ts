import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import { beforeAsking } from '../learn/ops/interrupt.js';
import type { FromWorker, TaskRequest, ToWorker } from './messages.js';
import type { Task } from './task.js';

type AnyTask = Task<never, never, unknown>;

function taskNamed(tasks: Readonly<Record<string, AnyTask>>, name: string): Task<unknown, unknown, unknown> {
  if (Object.hasOwn(tasks, name)) return tasks[name] as Task<unknown, unknown, unknown>;
  throw new StudioError({ code: 'internal', message: `there is no task called "${name}"` });
}

/**
 * Runs the task that `request` names and tells the other end of `port` how it goes. Closes the port, so that the thread
 * may end.
 */
export async function serveTask(
  port: MessagePort,
  request: TaskRequest,
  tasks: Readonly<Record<string, AnyTask>>,
): Promise<void> {
  const abort = new AbortController();
  const tell = (message: FromWorker): void => port.postMessage(message);
  const hear = ({ type }: ToWorker): void => {
    if (type === 'abort') abort.abort();
  };
  port.on('message', hear);
  beforeAsking(() => {
    const waiting = receiveMessageOnPort(port);
    if (waiting) hear(waiting.message as ToWorker);
  });
  try {
    const { run } = taskNamed(tasks, request.task);
    const result = await run(request.inputs, request.settings, abort.signal, (progress) =>
      tell({ type: 'progress', progress }),
    );
    tell({ type: 'done', result });
  } catch (error) {
    tell({ type: 'failed', error: errorDetails(error), stack: (error as Error | undefined)?.stack });
  } finally {
    port.close();
  }
}
