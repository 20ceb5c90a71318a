import { parentPort, workerData } from 'node:worker_threads';
import type { TaskRequest } from './messages.js';
import { serveTask } from './serveTask.js';
import { tasks } from './tasks/index.js';

/** Entry of the worker thread, the only place where tensors are computed. */
if (!parentPort) throw new Error('worker.ts runs in a worker thread only');
await serveTask(parentPort, workerData as TaskRequest, tasks);
