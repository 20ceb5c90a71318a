import { zipSync } from 'fflate';
import { backbones } from '../../../electron/engine/learn/nets/backbones/index.js';
import { encodeSafetensors } from '../../../electron/engine/learn/weights/safetensors.js';
import { sizeOf } from '../../../electron/engine/learn/weights/tensors.js';
import { modelOf } from '../onnx.js';
import { join, opcodes, pickled, Raw } from '../pickle.js';
import { called, pthArchive, pthLegacy, savedTensor, stateDict } from '../pth.js';

/** Opcodes that call a function of Python's with a text, in the protocol's way. */
function call(protocol: number, module: string, name: string, text: string): Raw {
  const global = protocol >= 4 ? join(opcodes(module, 4), opcodes(name, 4), 0x93) : join(`c${module}\n${name}\n`);
  return new Raw(join(global, '(', opcodes(text, protocol), 'tR'));
}

/** Calls that would make the file `canary`, as an object's __reduce__ puts them into a pickle. */
function attacks(protocol: number, canary: string): Raw[] {
  const shell = call(protocol, protocol % 2 ? 'posix' : 'os', 'system', `touch ${canary}`);
  const python = call(
    protocol,
    protocol < 3 ? '__builtin__' : 'builtins',
    'eval',
    `open(${JSON.stringify(canary)}, "w")`,
  );
  // What one call returns is called by the next, deep in other values.
  const nested = new Raw(
    join(opcodes([[Object.freeze([shell])]], protocol), '0', python.bytes, '(', shell.bytes, 'tR'),
  );
  return [shell, python, nested];
}

/** A .npy of one object, which is a pickle. */
function npyObject(pickle: Uint8Array, shape = '()'): Buffer {
  const header = `{'descr': '|O', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  return join('\x93NUMPY\x01\x00', header.length, 0, header, pickle);
}

/** Label files by name; each must be refused, and none may make the file `canary`. */
export function hostileLabels(canary: string): [string, Uint8Array][] {
  const pickles = [0, 1, 2, 3, 4, 5].map((protocol): [string, Uint8Array] => [
    `protocol-${protocol}/cls_labels.npy`,
    npyObject(pickled(new Map([['good', attacks(protocol, canary)[protocol % 3]]]), protocol)),
  ]);
  return [
    ...pickles,
    ['objects/cls_labels.npy', npyObject(pickled([new Map(), new Map()]), '(2,)')],
    ['huge/cls_labels.npy', npyObject(pickled(null), `(${2 ** 40},)`)],
    ['bomb.npz', zipSync({ 'labels.npy': new Uint8Array(2 ** 26) }, { level: 9 })],
    ['deep.json', Buffer.from(`{"good": ${'['.repeat(500)}${']'.repeat(500)}}`)],
    ['nul_cls.txt', Buffer.from('good 0\na\0b 0\n')],
    ['latin1_cls.txt', Buffer.from('caf\xe9 0\n', 'latin1')],
  ];
}

/** Weights of MobileNet of which one number is none. */
function spoilt(value: number): Uint8Array {
  const parameters = [...backbones.mobilenet.parameters(0)];
  const tensors = new Map(parameters.map(([name, { shape }]) => [`backbone.${name}`, { shape, data: new Float32Array(sizeOf(shape)) }])); // prettier-ignore
  [...tensors.values()][5].data[1] = value;
  return encodeSafetensors(tensors);
}

/** Files of weights by name; each must be refused as weights of MobileNet, and none may make the file `canary`. */
export function hostileWeights(canary: string): [string, Uint8Array][] {
  const attack = called('os.system', `touch ${canary}`);
  const tensor = savedTensor({ key: '0', type: 'Float', count: 2 ** 24, shape: [2 ** 24], strides: [1] });
  const zeros = new Uint8Array(2 ** 26);
  return [
    ['attack.pth', pthArchive(stateDict({ w: attack }), {})],
    ['legacy.pth', pthLegacy(attack, {})],
    ['bomb.pth', pthArchive(stateDict({ w: tensor }), {}, { 'archive/data/0': [zeros, { level: 9 }] })],
    ['nan.safetensors', spoilt(NaN)],
    ['infinite.safetensors', spoilt(-Infinity)],
    ['outside.json', Buffer.from('{"weightsManifest": [{"paths": ["../outside/secret.txt"], "weights": [{"name": "w", "dtype": "float32", "shape": [1]}]}]}')],
    ['outside.onnx', modelOf([[1, 1], [2, 1], [8, 'e'], [13, Buffer.from('\x0a\x08location\x12\x15../outside/secret.txt', 'latin1')], [14, 1]])],
  ]; // prettier-ignore
}
