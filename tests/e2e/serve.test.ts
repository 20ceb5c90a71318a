import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api, urlOf, type Job } from '../../shared/api/index.js';
import { cliBuilt, comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startServing, until, type Serving } from '../support/serve.js';

const IMAGES = 40;

/** A project of generated scenes. */
async function sampleProject(folder: string): Promise<string> {
  const [photos, project] = ['photos', 'project'].map((name) => join(folder, name));
  await comask('sample', photos, '--images', String(IMAGES), '--classes', '2', '--size', '80x64');
  expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
  return project;
}

async function serve(project: string): Promise<Serving> {
  const serving = await startServing(project);
  onTestFinished(() => serving.running.kill('SIGKILL'));
  return serving;
}

const jobOf = ({ client, project }: Serving, job: number): Promise<Job> =>
  client.call(api.jobs.get, { params: { project, job } });

const steps = (project: string): number[] => {
  const file = join(project, 'runs/r/log.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { step: number }).step);
};

describe.skipIf(!cliBuilt)('comask serve (skipped unless the command line is bundled: npm run build)', () => {
  it('trains through pause, resume and kill -9, and goes on to maps, masks and figures', async () => {
    const project = await sampleProject(temporaryFolder());
    let serving = await serve(project);
    const add = (body: Parameters<typeof serving.client.call<typeof api.jobs.add>>[1]['body']): Promise<Job> =>
      serving.client.call(api.jobs.add, { params: { project: serving.project }, body });
    const act = (action: 'pause' | 'resume'): Promise<Job> =>
      serving.client.call(api.jobs.act, { params: { project: serving.project, job: 1 }, body: { action } });

    const settings = { backbone: 'tiny', epochs: 1, batchSize: 1 };
    expect(await add({ kind: 'train', run: 'r', settings })).toMatchObject({ id: 1, state: 'running' });
    await add({ kind: 'localize', run: 'r', maps: 'm', settings: { mode: 'single' } });
    await add({ kind: 'masks', masks: 'fused', maps: 'm' });
    await add({ kind: 'evaluate', of: 'masks', set: 'fused' });

    await until(async () => steps(project).length, (count) => count >= 3); // prettier-ignore
    await act('pause');
    await until(() => jobOf(serving, 1), ({ state }) => state === 'paused'); // prettier-ignore
    const paused = steps(project).length;
    expect(paused).toBeLessThan(IMAGES);
    // What needs the run waits for it.
    expect(await jobOf(serving, 2)).toMatchObject({ state: 'queued', starts: 0 });

    await act('resume');
    await until(async () => steps(project).length, (count) => count >= paused + 3); // prettier-ignore
    serving.running.kill('SIGKILL');
    expect(await serving.running.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(steps(project).length).toBeLessThan(IMAGES);

    serving = await serve(project);
    const last = await until(() => jobOf(serving, 4), ({ state }) => ['done', 'failed'].includes(state)); // prettier-ignore
    expect(last).toMatchObject({ state: 'done', result: { evaluated: IMAGES } });
    const trained = await serving.client.call(api.jobs.get, { params: { project: serving.project, job: 1 } });
    expect(trained).toMatchObject({ state: 'done', starts: 3, result: { epochs: 1 } });
    expect(trained.log.map(({ text }) => text)).toContain('the engine ended while this was running');
    expect(steps(project)).toEqual(Array.from({ length: IMAGES }, (_, i) => i + 1));

    const { sets } = await serving.client.call(api.sets.list, { params: { project: serving.project } });
    expect(sets.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'run r',
      'maps m',
      'masks fused',
      'evaluation masks-fused',
    ]);
  });

  it('keeps others out, pauses on Ctrl-C, and lets the next one in', async () => {
    const project = await sampleProject(temporaryFolder());
    const serving = await serve(project);
    expect((await fetch(serving.link)).status).toBe(401);
    expect((await fetch(`${serving.origin}/api/projects`)).status).toBe(401);
    expect(await comask('serve', project, '--no-open')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^error: the project is open in another studio: process \d+[^]*\n {2}Use that one/),
    });
    const port = new URL(serving.origin).port;
    expect(await comask('serve', project, '--port', port)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`port ${port} is in use`),
    });
    expect(await comask('info', project)).toMatchObject({ exitCode: 0 });

    const { images } = await serving.client.call(api.images.page, { params: { project: serving.project } });
    expect(images).toHaveLength(IMAGES);
    const { id, version } = images[0];
    const request = { params: { project: serving.project, id }, query: { v: version! } };
    expect((await fetch(serving.origin + urlOf(api.images.thumbnail, request))).status).toBe(401);

    const body = { kind: 'train', run: 'r', settings: { backbone: 'tiny', epochs: 500 } } as const;
    await serving.client.call(api.jobs.add, { params: { project: serving.project }, body });
    await until(async () => steps(project).length, (count) => count >= 2); // prettier-ignore
    serving.running.kill('SIGINT');
    expect(await serving.running.ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('paused') });
    expect(statSync(join(project, 'runs/r/checkpoints/latest.safetensors')).size).toBeGreaterThan(0);
    expect(existsSync(join(project, 'engine.lock'))).toBe(false);

    expect(await jobOf(await serve(project), 1)).toMatchObject({ state: 'paused', starts: 1 });
  });
});
