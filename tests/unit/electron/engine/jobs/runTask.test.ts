import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../shared/errors.js';
import type { Progress } from '../../../../../shared/progress.js';
import type { FromWorker } from '../../../../../electron/engine/jobs/messages.js';
import { runTask } from '../../../../../electron/engine/jobs/runTask.js';
import { serveTask } from '../../../../../electron/engine/jobs/serveTask.js';
import type { Task } from '../../../../../electron/engine/jobs/task.js';
import { temporaryFolder } from '../../../../support/folder.js';

const inputs = { project: 'p' } as never;
const settings = {} as never;

/** Runs a task in a worker of this source. */
function runIn(source: string, signal = new AbortController().signal, seen: Progress[] = []): Promise<unknown> {
  const file = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads';\n${source}`);
  const onProgress = (progress: Progress): void => void seen.push(progress);
  return runTask('train', inputs, settings, { signal, onProgress, workerFile: pathToFileURL(file) });
}

describe('runTask', () => {
  it('hands over the request, and brings back progress and the result', async () => {
    const seen: Progress[] = [];
    const result = await runIn(
      `parentPort.postMessage({ type: 'progress', progress: { stage: 'working', done: 1, total: 2, unit: 'u' } });
       parentPort.postMessage({ type: 'done', result: workerData });`,
      undefined,
      seen,
    );
    expect(result).toEqual({ task: 'train', inputs: { project: 'p' }, settings: {}, background: false });
    expect(seen).toEqual([{ stage: 'working', done: 1, total: 2, unit: 'u' }]);
  });

  it('throws what the task threw, with code, file, remedy and stack', async () => {
    const error = { code: 'disk-full', message: 'no room', file: '/f', remedy: 'make some' };
    const failing = runIn(
      `parentPort.postMessage({ type: 'failed', error: ${JSON.stringify(error)}, stack: 'where it was' });`,
    );
    await expect(failing).rejects.toMatchObject({ ...error, stack: 'where it was' });
    await expect(failing).rejects.toBeInstanceOf(StudioError);
  });

  it('forwards an abort', async () => {
    const abort = new AbortController();
    const source = `parentPort.on('message', ({ type }) =>
      parentPort.postMessage({ type: 'failed', error: { code: 'interrupted', message: type } }));`;
    setTimeout(() => abort.abort(), 20);
    await expect(runIn(source, abort.signal)).rejects.toMatchObject({ code: 'interrupted', message: 'abort' });
    await expect(runIn(source, abort.signal)).rejects.toMatchObject({ code: 'interrupted' });
  });

  it.each([
    ['throws outside the task', `throw new Error('broken')`, 'broken'],
    ['ends without a word', `process.exit(3)`, 'exit code 3'],
    ['ends at once', '', 'exit code 0'],
  ])('says what is kept when the worker %s', async (_, source, why) => {
    await expect(runIn(source)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining(why),
      remedy: expect.stringContaining('--resume'),
    });
  });
});

describe('serveTask', () => {
  async function serve(task: Task<never, never, unknown>, name = 'it', abort = false): Promise<FromWorker[]> {
    const { port1, port2 } = new MessageChannel();
    const told: FromWorker[] = [];
    port1.on('message', (message: FromWorker) => told.push(message));
    const closed = once(port1, 'close');
    const served = serveTask(port2, { task: name, inputs: 2, settings: 3 }, { it: task });
    if (abort) port1.postMessage({ type: 'abort' });
    await served;
    await closed;
    return told;
  }

  it('tells progress and result', async () => {
    const told = await serve({
      async run(inputs: number, settings: number, _signal, onProgress) {
        onProgress({ stage: 'working', done: inputs, total: settings, unit: 'u' });
        return inputs * settings;
      },
    } as Task<number, number, number> as never);
    expect(told).toEqual([
      { type: 'progress', progress: { stage: 'working', done: 2, total: 3, unit: 'u' } },
      { type: 'done', result: 6 },
    ]);
  });

  it('tells errors, of any kind, and an unknown task', async () => {
    const failing = (error: unknown): Promise<FromWorker[]> => serve({ run: () => Promise.reject(error) });
    expect(await failing(new StudioError({ code: 'busy', message: 'm', file: 'f' }))).toMatchObject([
      { type: 'failed', error: { code: 'busy', message: 'm', file: 'f' } },
    ]);
    expect(await failing('text')).toMatchObject([{ type: 'failed', error: { code: 'internal', message: 'text' } }]);
    const done = { run: () => Promise.resolve(1) };
    expect(await serve(done, 'toString')).toMatchObject([{ type: 'failed', error: { code: 'internal' } }]);
  });

  it('aborts the task', async () => {
    const task: Task<never, never, unknown> = {
      run: (_inputs, _settings, signal) =>
        new Promise((done) => signal.addEventListener('abort', () => done('aborted'))),
    };
    expect(await serve(task, 'it', true)).toEqual([{ type: 'done', result: 'aborted' }]);
  });
});
