import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RefineInputs } from '../../../../../electron/engine/masks/refine/refiner.js';
import { refinePool, threadsFor, type RefinePool } from '../../../../../electron/engine/services/refine-pool.js';
import { maskSettings } from '../../../../../shared/settings/index.js';
import { temporaryFolder } from '../../../../support/folder.js';

const settings = maskSettings.resolve({ refine: 'crf:psa' });

/** A pool whose threads answer each message with what `source` makes of `inputs`. */
function poolOf(source: string): RefinePool {
  const file = join(temporaryFolder(), 'refiner.mjs');
  writeFileSync(
    file,
    `import { parentPort, workerData } from 'node:worker_threads';
     parentPort.on('message', (inputs) => { ${source} });`,
  );
  const pool = refinePool(settings, pathToFileURL(file))!;
  onTestFinished(() => pool.close());
  return pool;
}

const image = (label: number): RefineInputs => ({
  labels: { width: 1, height: 1, data: Uint8Array.of(label) },
  probabilities: null,
  photo: { width: 1, height: 1, data: new Uint8Array(3) },
});

describe('a pool of threads that refine', () => {
  it('gives each image its own answer, also when there are more images than threads', async () => {
    const pool = poolOf(`parentPort.postMessage({ labels: inputs.labels });`);
    const labels = Array.from({ length: 3 * pool.threads + 1 }, (_, at) => at);
    const maps = await Promise.all(labels.map((label) => pool.refine(image(label))));
    expect(maps.map(({ data }) => data[0])).toEqual(labels);
  });

  it('hands the settings over', async () => {
    const pool = poolOf(`parentPort.postMessage({ labels: workerData });`);
    expect(await pool.refine(image(1))).toEqual(settings);
  });

  it('throws what the refiner threw, and goes on', async () => {
    const pool = poolOf(
      `parentPort.postMessage(inputs.labels.data[0] === 1
         ? { error: { code: 'size-mismatch', message: 'too large', remedy: 'smaller' } }
         : { labels: inputs.labels });`,
    );
    const [failed, made] = await Promise.allSettled([pool.refine(image(1)), pool.refine(image(2))]);
    expect(failed).toMatchObject({ reason: { code: 'size-mismatch', message: 'too large', remedy: 'smaller' } });
    expect(made.status).toBe('fulfilled');
  });

  it.each([
    ['ends', 'process.exit(3)', /exit code 3/],
    ['breaks', `throw new Error('broken')`, /broken/],
  ])('replaces a thread that %s', async (_, death, message) => {
    const pool = poolOf(
      `if (inputs.labels.data[0] === 0) { ${death} } parentPort.postMessage({ labels: inputs.labels });`,
    );
    const count = 2 * pool.threads + 1;
    const dying = Array.from({ length: count }, () => pool.refine(image(0)));
    const living = Array.from({ length: count }, () => pool.refine(image(7)));
    for (const result of await Promise.allSettled(dying)) {
      expect(result).toMatchObject({ reason: { code: 'internal', message: expect.stringMatching(message) } });
    }
    expect((await Promise.all(living)).every(({ data }) => data[0] === 7)).toBe(true);
  });

  it.each([
    [2, 8, 2],
    [64, 256, 64],
    [64, 16, 16],
    [4, 0.5, 1],
  ])('has a thread for each of %i cores as far as %d GB go: %i', (cores, gigabytes, threads) => {
    expect(threadsFor(cores, gigabytes * 2 ** 30)).toBe(threads);
  });

  it('is not there where nothing is refined or the threads have no program', () => {
    expect(refinePool(maskSettings.resolve({}))).toBeNull();
    expect(refinePool(settings, pathToFileURL(join(temporaryFolder(), 'none.mjs')))).toBeNull();
  });
});
