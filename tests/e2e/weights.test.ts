import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { h5File } from '../support/h5.js';
import { floats } from '../support/onnx.js';
import { pthArchive, savedTensor, stateDict } from '../support/pth.js';

describe('comask weights', () => {
  it('converts any kind to safetensors, and shows what is in it', async () => {
    const folder = temporaryFolder();
    const [pth, h5, out] = ['w.pth', 'w.h5', 'out.safetensors'].map((name) => join(folder, name));
    const tensor = savedTensor({ key: '0', type: 'Float', count: 2, shape: [2], strides: [1] });
    writeFileSync(pth, pthArchive(stateDict({ x: tensor }), { 0: floats(1, NaN) }));
    writeFileSync(h5, await h5File([{ path: 'conv1/conv1/kernel:0', shape: [1], data: Float32Array.of(1) }]));

    expect(await comask('weights', 'convert', pth, out)).toMatchObject({ exitCode: 0 });
    const shown = await comask('--json', 'weights', 'inspect', out);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      kind: '.safetensors',
      numbers: 2,
      tensors: [{ name: 'x', shape: [2], type: 'F32', notFinite: 1 }],
    });
    expect(await comask('weights', 'inspect', h5)).toMatchObject({
      stdout: expect.stringContaining('conv1/kernel [1] F32'),
    });
  });

  it('writes nothing where the weights do not fit, or under another extension', async () => {
    const folder = temporaryFolder();
    const [pth, out] = [join(folder, 'w.pth'), join(folder, 'out.safetensors')];
    const tensor = savedTensor({ key: '0', type: 'Float', count: 1, shape: [1], strides: [1] });
    writeFileSync(pth, pthArchive(stateDict({ 'features.0.bias': tensor }), { 0: floats(1) }));
    const misfit = await comask('weights', 'convert', pth, out, '--for', 'vgg16');
    expect(misfit).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('extra: features.0.bias') });
    expect(existsSync(out)).toBe(false);
    expect(await comask('weights', 'convert', pth, join(folder, 'out.h5'))).toMatchObject({ exitCode: 2 });
  });

  it('lists the catalogue, and names its entries where one is unknown', async () => {
    const list = await comask('--json', 'weights', 'list');
    expect(JSON.parse(list.stdout)[0]).toMatchObject({ name: 'vgg16', bytes: 553_433_881 });
    const unknown = await comask('weights', 'get', 'vgg61');
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('vgg16-keras') });
  });
});
