import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { installedRuntime } from '../../../../../../electron/engine/learn/runtime/installed.js';
import { loadRuntime, loadTensorflow, usesGpu } from '../../../../../../electron/engine/learn/runtime/load.js';
import { thisMachine } from '../../../../../../electron/engine/learn/runtime/places.js';
import { releasesOf } from '../../../../../../electron/engine/learn/runtime/release.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const machine = thisMachine();
const cpu = releasesOf(machine).find(({ device }) => device === 'cpu');
const installed = cpu ? installedRuntime(machine, cpu) : null;

afterEach(() => vi.unstubAllEnvs());

describe('loadTensorflow', () => {
  it('says what to type where nothing is installed', async () => {
    vi.stubEnv('COMASK_HOME', temporaryFolder());
    await expect(loadTensorflow({ device: 'cpu' })).rejects.toMatchObject({
      code: cpu ? 'runtime-missing' : 'runtime-unsupported',
      remedy: expect.stringContaining(cpu ? 'npx comask runtime install --device cpu' : 'Choose'),
    });
  });

  it.skipIf(!installed)('reports a runtime whose binding is gone', async () => {
    const folder = temporaryFolder();
    const broken = { ...installed!, folder, binding: join(folder, 'tfjs_binding.node') };
    await expect(loadRuntime(broken)).rejects.toMatchObject({
      code: 'runtime-missing',
      remedy: expect.stringContaining('--force'),
    });
  });

  it.skipIf(!installed)('computes, and gives the same library when asked again', async () => {
    const tf = await loadTensorflow({ device: 'cpu' });
    expect(tf.getBackend()).toBe('tensorflow');
    expect(usesGpu(tf)).toBe(false);
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    expect(Array.from(tf.matMul(x, x).dataSync())).toEqual([7, 10, 15, 22]);
    expect(await loadTensorflow({ device: 'cpu' })).toBe(tf);
  });
});
