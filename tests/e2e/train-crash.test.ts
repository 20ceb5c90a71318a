import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comask, signalWhen, startComask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject, smallTraining } from '../support/project.js';

const EPOCHS = 6;
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const train = (project: string, run: string, ...more: string[]): string[] => [
  'train',
  project,
  '--run',
  run,
  ...smallTraining(EPOCHS),
  ...more,
];

const logLines = (project: string, run: string): string[] => {
  const file = join(project, 'runs', run, 'log.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
};
/** Digests of the bytes of all checkpoints. */
const checkpoints = (project: string, run: string): Record<string, string> => {
  const folder = join(project, 'runs', run, 'checkpoints');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, digest(readFileSync(join(folder, name)))]));
};

describe('a training that is stopped', () => {
  it('ends with the bytes of an uninterrupted one after kill -9, twice, and --resume', async () => {
    const project = smallProject(temporaryFolder());
    expect(await comask(...train(project, 'whole'))).toMatchObject({ exitCode: 0 });
    const stepsPerEpoch = logLines(project, 'whole').length / EPOCHS;

    for (const steps of [stepsPerEpoch + 2, 4 * stepsPerEpoch]) {
      const running = startComask(...train(project, 'killed', '--resume'));
      const ended = await signalWhen(running, 'SIGKILL', () => logLines(project, 'killed').length >= steps);
      expect(ended.signal).toBe('SIGKILL');
    }
    expect(await comask('train', project, '--run', 'killed', '--resume')).toMatchObject({ exitCode: 0 });

    expect(logLines(project, 'killed')).toEqual(logLines(project, 'whole'));
    expect(checkpoints(project, 'killed')).toEqual(checkpoints(project, 'whole'));
  });

  it('exits with 130 on SIGINT, keeps the steps it has done, and ends with the same bytes', async () => {
    const project = smallProject(temporaryFolder());
    await comask(...train(project, 'whole'));
    const running = startComask(...train(project, 'stopped'));
    const ended = await signalWhen(running, 'SIGINT', () => logLines(project, 'stopped').length >= 3);
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toContain('--run stopped --resume');
    const done = logLines(project, 'stopped').length;
    expect(done).toBeLessThan(logLines(project, 'whole').length);

    const resumed = startComask('train', project, '--run', 'stopped', '--resume');
    expect(await resumed.ended).toMatchObject({ exitCode: 0 });
    expect(logLines(project, 'stopped')).toEqual(logLines(project, 'whole'));
    expect(checkpoints(project, 'stopped')).toEqual(checkpoints(project, 'whole'));
  });
});
