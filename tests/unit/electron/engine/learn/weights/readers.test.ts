import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWeights } from '../../../../../../electron/engine/learn/weights/readers.js';
import { encodeSafetensors } from '../../../../../../electron/engine/learn/weights/safetensors.js';

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
