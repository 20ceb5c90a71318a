import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../electron/engine/learn/weights/safetensors.js';
import { comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject, smallTraining } from '../support/project.js';

const train = (project: string, ...more: string[]): Promise<Awaited<ReturnType<typeof comask>>> =>
  comask('train', project, '--run', 'r', ...smallTraining(1), ...more);
const runFolder = (project: string): string => join(project, 'runs', 'r');

describe('what a training refuses', () => {
  it('a run that is there, --resume with other settings, and both options at once', async () => {
    const project = smallProject(temporaryFolder(), 4);
    expect(await train(project)).toMatchObject({ exitCode: 0 });
    expect(await train(project)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--resume') });
    expect(await train(project, '--resume')).toMatchObject({ exitCode: 0 });
    expect(await train(project, '--resume', '--seed', '7')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('other values of: seed'),
    });
    expect(await train(project, '--resume', '--overwrite')).toMatchObject({ exitCode: 2 });
    expect(await train(project, '--overwrite', '--seed', '7')).toMatchObject({ exitCode: 0 });
  });

  it('a backbone that needs trained weights, and takes the run up once they are there', async () => {
    const project = smallProject(temporaryFolder(), 4);
    expect(await train(project, '--backbone', 'vgg16')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--weights'),
    });
    expect(await train(project)).toMatchObject({ exitCode: 0 });
  });

  it('weights of another net, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const project = smallProject(folder, 4);
    const file = join(folder, 'other.safetensors');
    writeFileSync(file, encodeSafetensors(new Map([['stem.weight', { shape: [2], data: new Float32Array(2) }]])));
    const { exitCode, stderr } = await train(project, '--weights', file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('extra: stem.weight');
    expect(stderr).toContain('missing: backbone.');
    expect(existsSync(runFolder(project))).toBe(false);
  });

  it('weights that are not finite, to start from and to localize with', async () => {
    const folder = temporaryFolder();
    const project = smallProject(folder, 4);
    expect(await train(project)).toMatchObject({ exitCode: 0 });
    const latest = join(runFolder(project), 'checkpoints', 'latest.safetensors');
    const { tensors, metadata } = decodeSafetensors(readFileSync(latest));
    tensors.forEach(({ data }, name) => name.startsWith('backbone.') && data.fill(NaN));
    writeFileSync(latest, encodeSafetensors(tensors, metadata));

    const started = await comask('train', project, '--run', 'next', ...smallTraining(1), '--weights', latest);
    expect(started).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('NaN') });
    const localized = await comask('localize', project, '--run', 'r', '--maps', 'm');
    expect(localized).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(latest) });
    expect(existsSync(join(project, 'maps', 'm'))).toBe(false);
  });

  it('a checkpoint that is cut short', async () => {
    const project = smallProject(temporaryFolder(), 4);
    expect(await train(project)).toMatchObject({ exitCode: 0 });
    const latest = join(runFolder(project), 'checkpoints', 'latest.safetensors');
    writeFileSync(latest, readFileSync(latest).subarray(0, 1000));
    expect(await train(project, '--resume')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(latest) });
  });

  it('a run folder that cannot be made', async () => {
    const project = smallProject(temporaryFolder(), 4);
    // A file where the folder should be: also root, whom no permission stops, cannot write there.
    writeFileSync(join(project, 'runs'), '');
    const { exitCode, stderr } = await train(project);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(runFolder(project));
    expect(stderr).toContain('may be written to');
  });

  it.skipIf(process.getuid?.() === 0)('a run folder without write permission (not as root)', async () => {
    const project = smallProject(temporaryFolder(), 4);
    mkdirSync(join(project, 'runs'));
    chmodSync(join(project, 'runs'), 0o555);
    expect(await train(project)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('permission') });
  });

  it('a split without labelled photos, and a run that is not there', async () => {
    const project = smallProject(temporaryFolder(), 4);
    expect(await train(project, '--split', 'none')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('split "none"'),
    });
    expect(await comask('localize', project, '--run', 'none', '--maps', 'm')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no run called "none"'),
    });
  });
});
