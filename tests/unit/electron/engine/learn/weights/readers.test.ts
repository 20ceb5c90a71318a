import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWeightFile, readWeights } from '../../../../../../electron/engine/learn/weights/readers.js';
import { encodeSafetensors } from '../../../../../../electron/engine/learn/weights/safetensors.js';
import { h5File } from '../../../../../support/h5.js';
import { floats, modelOf, rawFloats } from '../../../../../support/onnx.js';
import { pthArchive, pthLegacy, savedTensor, stateDict } from '../../../../../support/pth.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'comask-readers-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('readWeights', () => {
  it('chooses the reader by the kind of file', async () => {
    const weights = new Map([['x', { shape: [2], data: Float32Array.of(1, 2) }]]);
    await writeFile(path.join(folder, 'w.SafeTensors'), encodeSafetensors(weights));
    expect(await readWeights(path.join(folder, 'w.SafeTensors'))).toEqual(weights);

    const manifest = [{ paths: ['s'], weights: [{ name: 'x', dtype: 'float32', shape: [2] }] }];
    await writeFile(path.join(folder, 'model.json'), JSON.stringify({ weightsManifest: manifest }));
    await writeFile(path.join(folder, 's'), new Uint8Array(Float32Array.of(1, 2).buffer));
    expect(await readWeights(folder)).toEqual(weights);
  });

  it('says which kind a file is and how its numbers are stored', async () => {
    const [data, two] = [Float32Array.of(1, 2), { key: '0', type: 'Float', count: 2, shape: [2], strides: [1] }];
    const files: [string, Uint8Array][] = [
      ['w.pth', pthArchive(stateDict({ x: savedTensor(two) }), { 0: floats(1, 2) })],
      ['w.PT', pthLegacy(stateDict({ x: savedTensor(two, true) }), { 0: { count: 2, bytes: floats(1, 2) } })],
      ['w.h5', await h5File([{ path: 'x', shape: [2], data }])],
      ['w.onnx', modelOf(rawFloats('x', [2], [1, 2]))],
      ['w.safetensors', encodeSafetensors(new Map([['x', { shape: [2], data }]]))],
    ];
    const kinds: string[] = [];
    for (const [name, bytes] of files) {
      await writeFile(path.join(folder, name), bytes);
      const { kind, tensors, types } = await readWeightFile(path.join(folder, name));
      kinds.push(kind);
      expect([name, ...tensors]).toEqual([name, ['x', { shape: [2], data }]]);
      expect(types).toEqual(new Map([['x', 'F32']]));
    }
    expect(kinds).toEqual(['PyTorch .pth', 'PyTorch .pth', 'Keras .h5', 'ONNX', '.safetensors']);
  });

  it('says which file is missing, and which kinds can be read', async () => {
    const missing = path.join(folder, 'none.safetensors');
    await expect(readWeights(missing)).rejects.toMatchObject({ code: 'file-missing', file: missing });
    await writeFile(path.join(folder, 'w.bin'), '');
    await expect(readWeights(path.join(folder, 'w.bin'))).rejects.toMatchObject({
      code: 'file-unreadable',
      remedy: expect.stringContaining('.safetensors'),
    });
  });
});
