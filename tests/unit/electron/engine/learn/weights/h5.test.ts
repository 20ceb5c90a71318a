import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { kerasName, readH5 } from '../../../../../../electron/engine/learn/weights/h5.js';
import type { WeightFile } from '../../../../../../electron/engine/learn/weights/weightFile.js';
import { damagedCopies } from '../../../../../support/damage.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { h5File, type H5Dataset } from '../../../../../support/h5.js';

function read(bytes: Uint8Array): Promise<WeightFile> {
  const file = join(temporaryFolder(), 'w.h5');
  writeFileSync(file, bytes);
  return readH5(file);
}
const dataset = (path: string, ...values: number[]): H5Dataset => ({
  path,
  shape: [values.length],
  data: Float32Array.from(values),
});

describe('readH5', () => {
  it("reads a file of weights under Keras' names", async () => {
    const kernel = { path: 'conv1/conv1/kernel:0', shape: [1, 2], data: Float32Array.of(1, 2), gzip: 4 };
    const bias = { path: 'conv1/conv1/bias:0', shape: [1], data: Float64Array.of(0.5) };
    const { tensors, types } = await read(await h5File([kernel, bias, dataset('block1_conv1/block1_conv1_W_1:0', 3)]));
    expect(Object.fromEntries(tensors)).toEqual({
      'conv1/kernel': { shape: [1, 2], data: Float32Array.of(1, 2) },
      'conv1/bias': { shape: [1], data: Float32Array.of(0.5) },
      'block1_conv1/block1_conv1_W_1': { shape: [1], data: Float32Array.of(3) },
    });
    expect(types.get('conv1/bias')).toBe('F64');
  });

  it('takes the weights of a whole model and leaves its optimiser', async () => {
    const file = await h5File([
      dataset('model_weights/conv1/conv1/kernel:0', 1),
      dataset('optimizer_weights/Adam/conv1/kernel/m:0', 2),
    ]);
    expect([...(await read(file)).tensors.keys()]).toEqual(['conv1/kernel']);
  });

  it('leaves out text', async () => {
    const file = await h5File([dataset('a', 1), { path: 'text', shape: [1], data: ['x'] }]);
    expect([...(await read(file)).tensors.keys()]).toEqual(['a']);
  });

  it('refuses compressed zeros that would fill the memory', async () => {
    const bomb = { path: 'zeros', shape: [2 ** 21], data: new Float32Array(2 ** 21), gzip: 9 };
    const file = await h5File([bomb]);
    expect(file.length).toBeLessThan(100_000);
    await expect(read(file)).rejects.toMatchObject({
      code: 'weights-damaged',
      message: expect.stringContaining('unfolds'),
    });
  });

  it('ends a reading that takes too long', async () => {
    const file = join(temporaryFolder(), 'w.h5');
    writeFileSync(file, await h5File([dataset('a', 1)]));
    await expect(readH5(file, { maxSeconds: 0 })).rejects.toThrow('it took more than 0 s');
  });

  it('says so of numbers that cannot be unpacked, instead of making some up', async () => {
    const path = 'a/a/kernel:0';
    const whole = await h5File([{ path, shape: [64], data: Float32Array.from({ length: 64 }, (_, i) => i), gzip: 9 }]);
    const stream = Buffer.from(whole).indexOf(Buffer.from([0x78, 0xda]));
    whole.fill(0xff, stream + 2, stream + 12);
    await expect(read(whole)).rejects.toThrow('cannot be read');
  });

  it('refuses a file without weights, and one that is something else', async () => {
    await expect(read(await h5File([]))).rejects.toMatchObject({ code: 'weights-damaged' });
    await expect(read(Buffer.from('text'))).rejects.toMatchObject({ code: 'weights-damaged' });
  });

  it('reads or refuses damaged files, and never fails otherwise (seed 7)', async () => {
    const whole = await h5File([dataset('a/a/kernel:0', 1, 2), { ...dataset('a/a/bias:0', 3), gzip: 1 }]);
    await fc.assert(
      fc.asyncProperty(damagedCopies(whole), async (copy) => {
        await read(copy).catch((error: unknown) => expect(error).toBeInstanceOf(StudioError));
      }),
      { seed: 7, numRuns: 8 },
    );
  });
});

describe('kerasName', () => {
  it.each([
    ['/block1_conv1/block1_conv1/kernel:0', 'block1_conv1/kernel'],
    ['/vgg16/block1_conv1/kernel:0', 'vgg16/block1_conv1/kernel'],
    ['/layers/conv2d/vars/0', 'layers/conv2d/vars/0'],
  ])('%s is %s', (path, name) => expect(kerasName(path)).toBe(name));
});
