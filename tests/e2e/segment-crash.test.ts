import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costKeys } from '../../electron/engine/jobs/run/measured.js';
import { cliBuilt, comask, signalWhen, startComask } from '../support/cli.js';
import { segmentProject, smallSegmentation } from '../support/segment-project.js';

const STEPS = 20;
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const train = (project: string, run: string, ...more: string[]): string[] => [
  ...['segment', 'train', project, '--run', run, '--masks', 'exact', '--split', 'train'],
  ...smallSegmentation(STEPS),
  ...more,
];
/** What steps cost differs from one training to the next, however equal they are. */
const cost = new RegExp(`,"(${costKeys.join('|')})":[\\d.e+-]+`, 'g');
const logLines = (project: string, run: string): string[] => {
  const file = join(project, 'runs', run, 'log.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').replace(cost, '').split('\n').filter(Boolean) : [];
};
/** Digests of all files of a folder. */
/** Finished files: a killed program may leave one that it had begun, under a name of its own. */
const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .map((name) => [name, digest(readFileSync(join(folder, name)))]),
  );
const checkpoints = (project: string, run: string): Record<string, string> =>
  filesOf(join(project, 'runs', run, 'checkpoints'));

describe.skipIf(!cliBuilt)('a segmenter on the CPU (needs npm run build)', () => {
  let folder: string;
  let project: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'comask-'));
    project = segmentProject(folder);
    expect(await comask(...train(project, 'whole'))).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('ends with the bytes of an uninterrupted training after kill -9, twice, and --resume', async () => {
    // Once before the first checkpoint's successor, once behind a measuring.
    for (const lines of [6, 15]) {
      const running = startComask(...train(project, 'killed', '--resume'));
      const ended = await signalWhen(running, 'SIGKILL', () => logLines(project, 'killed').length >= lines);
      expect(ended.signal).toBe('SIGKILL');
    }
    expect(await comask('segment', 'train', project, '--run', 'killed', '--resume')).toMatchObject({ exitCode: 0 });
    expect(logLines(project, 'killed')).toEqual(logLines(project, 'whole'));
    expect(checkpoints(project, 'killed')).toEqual(checkpoints(project, 'whole'));
    expect(Object.keys(checkpoints(project, 'whole')).sort()).toEqual(['best.safetensors', 'latest.safetensors']);
  });

  it('exits with 130 on SIGINT, keeps its steps, and ends with the same bytes', async () => {
    const running = startComask(...train(project, 'stopped'));
    const ended = await signalWhen(running, 'SIGINT', () => logLines(project, 'stopped').length >= 3);
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toContain('segment train');
    expect(ended.stderr).toContain('--resume');
    expect(await comask('segment', 'train', project, '--run', 'stopped', '--resume')).toMatchObject({ exitCode: 0 });
    expect(logLines(project, 'stopped')).toEqual(logLines(project, 'whole'));
    expect(checkpoints(project, 'stopped')).toEqual(checkpoints(project, 'whole'));
  });

  it('segments on after kill -9 to the same files, is measured, and teaches another round', async () => {
    const predict = (name: string, ...more: string[]): string[] => [
      ...[
        '--json',
        'segment',
        'predict',
        project,
        '--run',
        'whole',
        '--predictions',
        name,
        '--set',
        'scales=1,1.5',
        ...more,
      ],
    ];
    const files = (name: string): string => join(project, 'predictions', name);
    const count = (name: string): number =>
      existsSync(files(name)) ? readdirSync(files(name)).filter((file) => file.endsWith('.png')).length : 0;
    expect(await comask(...predict('whole'))).toMatchObject({ exitCode: 0 });
    const running = startComask(...predict('parts'));
    await signalWhen(running, 'SIGKILL', () => count('parts') >= 2);
    const before = count('parts');
    const resumed = await comask(...predict('parts'));
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(resumed.stdout)).toMatchObject({ kept: before, images: 8 - before, failures: [] });
    expect(filesOf(files('parts'))).toEqual(filesOf(files('whole')));
    // Another way of making them under the same name is refused.
    expect(await comask(...predict('parts', '--refine', 'none'))).toMatchObject({ exitCode: 2 });

    const measured = await comask('--json', 'evaluate', project, '--predictions', 'whole', '--split', 'val');
    expect(JSON.parse(measured.stdout)).toMatchObject({ kind: 'predictions', evaluated: 2, failures: [] });
    const again = await comask(...['segment', 'train', project, '--run', 'second', '--predictions', 'whole', '--no-validate'], ...smallSegmentation(2)); // prettier-ignore
    expect(again).toMatchObject({ exitCode: 0 });
    expect(await comask(...predict('made', '--as-masks'))).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(project, 'masks', 'made'))).toHaveLength(8);
  });
});
