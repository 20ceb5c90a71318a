import { readFileSync } from 'node:fs';
import { pythonGlobals, readPickle } from '../../../../electron/engine/data/pickle/index.js';
import { readLatest } from '../../../../electron/engine/jobs/run/checkpoints.js';
import { runFiles } from '../../../../electron/engine/jobs/run/files.js';
import { openNetwork } from '../../../../electron/engine/learn/saliency/onnx-network.js';
import { readH5 } from '../../../../electron/engine/learn/weights/h5.js';
import { readOnnx } from '../../../../electron/engine/learn/weights/onnxInitialisers.js';
import { readPth } from '../../../../electron/engine/learn/weights/pth/pth.js';
import { decodeSafetensors, encodeSafetensors } from '../../../../electron/engine/learn/weights/safetensors.js';
import { readTfjsModel } from '../../../../electron/engine/learn/weights/tfjsModel.js';
import { labelsIn } from '../../../../electron/engine/project/formats/labels/npy.js';
import { npyMaps } from '../../../../electron/engine/services/imports/npy-maps.js';
import type { ImageRecord } from '../../../../shared/project.js';
import { saliencySettings } from '../../../../shared/settings/index.js';
import { put } from '../../dataset.js';
import { h5File } from '../../h5.js';
import { floats, meanModel, modelOf, rawFloats } from '../../onnx.js';
import { pickled, type Picklable } from '../../pickle.js';
import { pthArchive, pthLegacy, savedTensor, stateDict } from '../../pth.js';
import { ofFile, texts, type ForeignParser } from '../parser.js';

/** Plain values of every kind, in every protocol. */
function pickles(): Uint8Array[] {
  const value = new Map<string, Picklable>([
    ['a', [1, 2.5, -3, Uint8Array.of(1, 2), null, true]],
    ['b', new Set(['x', 'y'])],
    ['c', Object.freeze([1n << 80n, 'é\n', Object.freeze([])])],
  ]);
  return [0, 1, 2, 3, 4, 5].map((protocol) => pickled(value, protocol));
}

/** Files of numpy itself. */
function numpyFiles(test: string): Uint8Array[] {
  const file = new URL(`../../../unit/electron/engine/${test}/written-by-numpy.json`, import.meta.url);
  const all = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
  const files = all.filter((value) => typeof value === 'string').map((base64) => Buffer.from(base64, 'base64'));
  return files.filter((bytes) => bytes[0] === 0x93);
}

const tensor = { key: '0', type: 'Float', count: 6, shape: [2, 3], strides: [3, 1] };
const six = floats(0, 1, 2, 3, 4, 5);
const weights = new Map([['w', { shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) }]]);

/** Weights of every kind, networks, and what numpy saves. */
export const weightParsers: readonly ForeignParser[] = [
  { name: 'pickle', valid: pickles, parse: (bytes) => readPickle(bytes, { globals: pythonGlobals }) },
  {
    name: 'labels in .npy',
    valid: () => numpyFiles('data/numpy'),
    parse: (bytes) => labelsIn(bytes, 'labels.npy'),
  },
  {
    name: 'maps in .npy',
    valid: () => numpyFiles('services/imports'),
    parse: ofFile('x.npy', (_file, folder) => npyMaps.read(folder, { id: 'x', classes: [3, 14] } as ImageRecord)),
    share: 0.3,
  },
  {
    name: 'PyTorch .pth (zip)',
    valid: () => [pthArchive(stateDict({ w: savedTensor(tensor) }), { 0: six })],
    parse: ofFile('w.pth', readPth),
    share: 0.15,
  },
  {
    name: 'PyTorch .pth (legacy)',
    valid: () => [pthLegacy(stateDict({ w: savedTensor(tensor, true) }), { 0: { count: 6, bytes: six } })],
    parse: ofFile('w.pth', readPth),
    share: 0.15,
  },
  {
    name: '.safetensors',
    valid: () => [encodeSafetensors(weights, { format: 'pt' })],
    parse: (bytes) => decodeSafetensors(bytes, 'w.safetensors'),
  },
  {
    name: 'checkpoint of a run',
    valid: () => [encodeSafetensors(weights, { epoch: '1', logLines: '3', state: '{"step":3}' })],
    parse: ofFile('latest.safetensors', (latest, folder) => readLatest({ ...runFiles(folder), latest })),
    share: 0.3,
  },
  {
    name: 'Keras .h5',
    valid: async () => [
      await h5File([
        { path: 'conv/conv/kernel:0', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6), gzip: 4 },
        { path: 'conv/conv/bias:0', shape: [1], data: Float64Array.of(0.5) },
      ]),
    ],
    parse: ofFile('w.h5', (file) => readH5(file, { maxSeconds: 4 })),
    share: 0.01,
  },
  {
    name: 'ONNX initialisers',
    valid: () => [
      modelOf(rawFloats('w', [2, 3], [0, 1, 2, 3, 4, 5])),
      modelOf([[1, 2], [2, 7], [8, 'n'], [7, 3], [7, 4]]),
      modelOf([[1, 1], [2, 1], [8, 'e'], [13, Buffer.from('\x0a\x08location\x12\x05w.bin', 'latin1')], [14, 1]]),
    ], // prettier-ignore
    parse: ofFile('w.onnx', readOnnx),
    share: 0.2,
  },
  {
    name: 'ONNX network',
    valid: () => [meanModel(32)],
    parse: ofFile('net.onnx', async (path) => {
      const settings = { ...saliencySettings.defaults(), path };
      await (await openNetwork(settings, [32])).close();
    }),
    share: 0.1,
  },
  {
    name: "TensorFlow.js's manifest",
    valid: texts(
      JSON.stringify({
        weightsManifest: [
          { paths: ['s.bin'], weights: [{ name: 'w', dtype: 'float32', shape: [2, 3] }] },
          { paths: [], weights: [{ name: 'q', dtype: 'float32', shape: [0], quantization: { dtype: 'uint8', scale: 0.5, min: -1 } }] },
        ],
      }), // prettier-ignore
    ),
    parse: ofFile('model.json', (file, folder) => {
      put(folder, 's.bin', six);
      return readTfjsModel(file);
    }),
    share: 0.2,
  },
];
