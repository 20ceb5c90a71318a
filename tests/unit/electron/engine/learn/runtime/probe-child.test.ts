import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeInChild } from '../../../../../../electron/engine/learn/runtime/probe-child.js';
import { temporaryFolder } from '../../../../../support/folder.js';

/** A program in the place of the probe. */
function programOf(source: string): string {
  const file = join(temporaryFolder(), 'probe.mjs');
  writeFileSync(file, source);
  return file;
}

const probe = (source: string) => probeInChild('/runtime', 0, undefined, { file: programOf(source) });

describe('probeInChild', () => {
  it('reads the report from the last line, below what a library prints', async () => {
    const report = { product: [7, 10, 15, 22], gpu: false, gflops: null };
    expect(await probe(`console.log('hello'); console.log(${JSON.stringify(JSON.stringify(report))})`)).toEqual(report);
  });

  it('refuses a runtime that computes something else', async () => {
    const wrong = JSON.stringify({ product: [0, 0, 0, 0], gpu: false, gflops: null });
    await expect(probe(`console.log(${JSON.stringify(wrong)})`)).rejects.toThrow(/computes 0, 0, 0, 0/);
  });

  it('passes on why a library does not load, and survives one that crashes', async () => {
    await expect(probe(`throw new Error('GLIBC_2.27 not found')`)).rejects.toMatchObject({
      code: 'runtime-missing',
      message: expect.stringContaining('GLIBC_2.27 not found'),
    });
    await expect(probe(`process.kill(process.pid, 'SIGKILL')`)).rejects.toMatchObject({ code: 'runtime-missing' });
  });
});
