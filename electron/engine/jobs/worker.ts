import { parentPort, workerData } from 'node:worker_threads';
import { stepBack } from './step-back.js';
import type { TaskRequest } from './messages.js';
import { sessionKinds } from './session/kinds/index.js';
import type { SessionRequest } from './session/messages.js';
import { serveSession } from './session/serve.js';
import { serveTask } from './serveTask.js';
import { tasks } from './tasks/index.js';

/** Entry of the worker thread, the only place where tensors are computed. */
if (!parentPort) throw new Error('worker.ts runs in a worker thread only');
const request = workerData as TaskRequest | SessionRequest;
if ('session' in request) await serveSession(parentPort, request, sessionKinds);
else {
  if (request.background) stepBack();
  await serveTask(parentPort, request, tasks);
}
