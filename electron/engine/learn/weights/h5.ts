import { Worker } from 'node:worker_threads';
import { mostNumbers } from './budget.js';
import { refusalOf, type Refuse } from './damaged.js';
import { readWhole } from './files.js';
import { numberTypes } from './numberTypes.js';
import type { WeightFile } from './weightFile.js';

/** Beside this file in the sources, beside the programs in dist/. */
const WORKER = new URL('./h5-worker.mjs', import.meta.url);

/** A damaged file may keep the library busy for ever; whole ones take seconds for gigabytes. */
const MAX_SECONDS = 60;
const SECONDS_PER_BYTE = 1 / 5e6;

/** What the worker found: path inside the file, shape, number type, little-endian bytes. */
type Dataset = [path: string, shape: number[], type: string, bytes: Uint8Array];
type Answer = { tensors: Dataset[] } | { why: string };

function askWorker(bytes: Uint8Array, refuse: Refuse, maxSeconds: number): Promise<Dataset[]> {
  const seconds = maxSeconds + bytes.length * SECONDS_PER_BYTE;
  const worker = new Worker(WORKER, {
    workerData: { bytes, maxNumbers: mostNumbers(bytes.length) },
    transferList: bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer as ArrayBuffer] : [],
    execArgv: [],
    // The library prints a page of its own for each error.
    stdout: true,
    stderr: true,
  });
  return new Promise<Dataset[]>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(refuse(`it took more than ${Math.round(seconds)} s to read`)),
      seconds * 1000,
    );
    worker.once('message', (answer: Answer) =>
      'why' in answer ? reject(refuse(answer.why)) : resolve(answer.tensors),
    );
    worker.once('error', (error) => reject(refuse(`the HDF5 library failed (${error.message})`, error)));
    worker.once('exit', () => reject(refuse('the HDF5 library ended unexpectedly')));
    worker.once('exit', () => clearTimeout(timer));
  }).finally(() => worker.terminate());
}

/** A whole saved model keeps its weights here, beside the optimiser's. */
const MODEL_WEIGHTS = '/model_weights/';

/**
 * A dataset's path as Keras names the weight: without the model's group, the tensor number, and the layer where it comes
 * twice (`/block1_conv1/block1_conv1/kernel:0` is `block1_conv1/kernel`).
 */
export function kerasName(path: string): string {
  const parts = path.replace(/:\d+$/, '').split('/').filter(Boolean);
  return (parts[0] === parts[1] ? parts.slice(1) : parts).join('/');
}

/**
 * Reads the weights of a Keras .h5 file: one of weights or a whole saved model, whose optimiser is left out. Layouts are
 * TensorFlow's, e.g. `conv1/kernel` float32 [height,width,in,out]. Datasets that are not numbers are left out. Throws
 * `file-missing` or `weights-damaged`.
 */
export async function readH5(file: string, { maxSeconds = MAX_SECONDS } = {}): Promise<WeightFile> {
  const refuse = refusalOf('HDF5 file', file);
  const datasets = await askWorker(await readWhole(file), refuse, maxSeconds);
  const ofModel = datasets.filter(([path]) => path.startsWith(MODEL_WEIGHTS));
  const inside = ofModel.map(([path, ...rest]): Dataset => [path.slice(MODEL_WEIGHTS.length - 1), ...rest]);
  const read: WeightFile = { tensors: new Map(), types: new Map() };
  for (const [path, shape, type, bytes] of ofModel.length > 0 ? inside : datasets) {
    const name = kerasName(path);
    if (read.tensors.has(name)) throw refuse(`"${name}" comes twice`);
    read.tensors.set(name, { shape, data: numberTypes[type].toFloat32(bytes) });
    read.types.set(name, type);
  }
  if (read.tensors.size === 0) throw refuse('it holds no weights');
  return read;
}
