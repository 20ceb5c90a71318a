import { parentPort, workerData } from 'node:worker_threads';
import type { SeenSettings } from '../../learn/train/seen.js';
import { servePhotos } from './serve.js';

/** Entry of the threads that read and prepare a training's photos. */
if (!parentPort) throw new Error('photos/worker.ts runs in a worker thread only');
servePhotos(parentPort, workerData as SeenSettings);
