import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costKeys } from '../../electron/engine/jobs/run/measured.js';
import { comask, signalWhen, startComask } from '../support/cli.js';
import { smallProject, smallTraining } from '../support/project.js';

const EPOCHS = 5;
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const train = (project: string, run: string, ...more: string[]): string[] => [
  'train',
  project,
  '--run',
  run,
  ...smallTraining(EPOCHS),
  ...more,
];

/** The log without what steps cost, which is never twice the same. */
const logLines = (project: string, run: string): string[] => {
  const file = join(project, 'runs', run, 'log.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const cost = new RegExp(`,"(${costKeys.join('|')})":[\\d.e+-]+`, 'g');
  return lines.map((line) => line.replace(cost, ''));
};
/** Digests of the bytes of all maps of the pinned images. */
const previews = (project: string, run: string): Record<string, string> => {
  const folder = join(project, 'runs', run, 'previews');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(png|json)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, digest(readFileSync(join(folder, name)))]));
};
/** Digests of the bytes of all checkpoints. */
const checkpoints = (project: string, run: string): Record<string, string> => {
  const folder = join(project, 'runs', run, 'checkpoints');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, digest(readFileSync(join(folder, name)))]));
};

describe('a training on the CPU', () => {
  let folder: string;
  let project: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'comask-'));
    project = smallProject(folder);
    expect(await comask(...train(project, 'whole'))).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('ends with the bytes of an uninterrupted one after kill -9, twice, and --resume', async () => {
    const stepsPerEpoch = logLines(project, 'whole').length / EPOCHS;

    for (const steps of [stepsPerEpoch + 2, 3 * stepsPerEpoch]) {
      const running = startComask(...train(project, 'killed', '--resume'));
      const ended = await signalWhen(running, 'SIGKILL', () => logLines(project, 'killed').length >= steps);
      expect(ended.signal).toBe('SIGKILL');
    }
    expect(await comask('train', project, '--run', 'killed', '--resume')).toMatchObject({ exitCode: 0 });

    expect(logLines(project, 'killed')).toEqual(logLines(project, 'whole'));
    expect(checkpoints(project, 'killed')).toEqual(checkpoints(project, 'whole'));
    expect(previews(project, 'killed')).toEqual(previews(project, 'whole'));
    expect(Object.keys(previews(project, 'whole'))).toHaveLength(1 + EPOCHS * 8);
  });

  it('ends with the bytes of another training of the same seed, and with others under another seed', async () => {
    expect(await comask(...train(project, 'again'))).toMatchObject({ exitCode: 0 });
    expect(checkpoints(project, 'again')).toEqual(checkpoints(project, 'whole'));
    expect(await comask(...train(project, 'other', '--seed', '2'))).toMatchObject({ exitCode: 0 });
    expect(checkpoints(project, 'other')).not.toEqual(checkpoints(project, 'whole'));
  });

  it('exits with 130 on SIGINT, keeps the steps it has done, and ends with the same bytes', async () => {
    const running = startComask(...train(project, 'stopped'));
    const ended = await signalWhen(running, 'SIGINT', () => logLines(project, 'stopped').length >= 3);
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toContain('--run stopped --resume');
    const done = logLines(project, 'stopped').length;
    expect(done).toBeLessThan(logLines(project, 'whole').length);

    expect(await comask('train', project, '--run', 'stopped', '--resume')).toMatchObject({ exitCode: 0 });
    expect(logLines(project, 'stopped')).toEqual(logLines(project, 'whole'));
    expect(checkpoints(project, 'stopped')).toEqual(checkpoints(project, 'whole'));
  });
});
