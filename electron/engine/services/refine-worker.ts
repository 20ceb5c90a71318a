import { parentPort, workerData } from 'node:worker_threads';
import { errorDetails } from '../../../shared/errors.js';
import type { RefineSettings } from '../../../shared/settings/index.js';
import type { RefineInputs } from '../masks/refine/refiner.js';
import { maskRefiner } from '../masks/refine/registry.js';
import type { FromRefiner } from './refine-pool.js';

/** Entry of the threads of a RefinePool: answers each image with its label map, one after another. */
if (!parentPort) throw new Error('refine-worker.ts runs in a worker thread only');
const port = parentPort;
const settings = workerData as RefineSettings;
const refiner = maskRefiner(settings.refine)!;
const tell = (message: FromRefiner): void => port.postMessage(message);

port.on('message', (inputs: RefineInputs) => {
  try {
    tell({ labels: refiner.refine(inputs, settings) });
  } catch (error) {
    tell({ error: errorDetails(error) });
  }
});
