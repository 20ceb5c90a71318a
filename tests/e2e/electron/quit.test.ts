import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerDialogs, shownDialogs } from '../../support/dialogs.js';
import {
  electronReady,
  inPage,
  startApp,
  startAgain,
  startAppWith,
  unlessElectron,
  type App,
} from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import { smallProject } from '../../support/project.js';
import { until } from '../../support/serve.js';

interface ShownJob {
  state: string;
}

/** Buttons of the question before quitting. */
const [BACKGROUND, PAUSE, CANCEL] = [0, 1, 2];

/** Asks the engine as the page does. */
const ask = <Answer>(app: App, method: string, path: string, body?: object): Promise<Answer> => {
  const init = { method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) };
  return inPage(
    app,
    `(async () => {
      const { projects } = await (await fetch('/api/projects')).json();
      return (await fetch('/api/projects/' + projects[0].key + ${JSON.stringify(path)}, ${JSON.stringify(init)})).json();
    })()`,
  );
};

const job = (app: App): Promise<ShownJob> => ask(app, 'GET', '/jobs/1');

async function startTraining(app: App, epochs: number): Promise<void> {
  const settings = { backbone: 'tiny', inputSize: 32, batchSize: 2, epochs, 'watch.enabled': false };
  await ask(app, 'POST', '/jobs', { kind: 'train', run: 'r', settings });
  await until(() => ask<{ log: unknown[]; progress: { done: number } | null }>(app, 'GET', '/jobs/1'), ({ progress }) => (progress?.done ?? 0) > 0); // prettier-ignore
}

const closeWindow = ({ electron }: App): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
const windows = ({ electron }: App): Promise<number> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const ended = ({ electron }: App): Promise<number | null> =>
  new Promise((resolve) => electron.process().once('exit', resolve));

describe.skipIf(!electronReady)(`leaving while a training runs (${unlessElectron})`, { timeout: 60_000 }, () => {
  it('asks; cancel keeps all as it is, and pausing keeps a checkpoint and quits', async () => {
    const project = smallProject(temporaryFolder());
    const app = await startApp(project);
    await startTraining(app, 5000);
    await answerDialogs(app.electron, CANCEL);
    await closeWindow(app);
    const [shown] = await until(() => shownDialogs(app.electron), (list) => list.length > 0); // prettier-ignore
    expect(shown).toMatchObject({
      message: 'Jobs are still running: Training',
      buttons: ['Go On in Background', 'Pause and Quit', 'Cancel'],
    });
    expect(await windows(app)).toBe(1);
    expect((await job(app)).state).toBe('running');
    expect(await app.electron.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(0) || powerSaveBlocker.isStarted(1))).toBe(true); // prettier-ignore

    await answerDialogs(app.electron, PAUSE);
    const end = ended(app);
    await closeWindow(app);
    expect(await end).toBe(0);
    expect(existsSync(join(project, 'runs/r/checkpoints/latest.safetensors'))).toBe(true);
    expect(existsSync(join(project, 'engine.lock'))).toBe(false);

    const again = await startAppWith(app, project);
    expect((await job(again)).state).toBe('paused');
    await again.electron.close();
  });

  it('goes on without a window, comes back at a second start, and quits by itself when all is done', async () => {
    const project = smallProject(temporaryFolder());
    const app = await startApp(project);
    await startTraining(app, 60);
    await answerDialogs(app.electron, BACKGROUND);
    await closeWindow(app);
    await until(() => windows(app), (count) => count === 0); // prettier-ignore
    expect(await startAgain(app)).toBe(0);
    await until(() => windows(app), (count) => count === 1); // prettier-ignore
    app.page = app.electron.windows()[0] ?? (await app.electron.waitForEvent('window'));
    await app.page.waitForLoadState();
    expect((await job(app)).state).toBe('running');

    const end = ended(app);
    await closeWindow(app);
    expect(await end).toBe(0);
    const again = await startAppWith(app, project);
    expect((await job(again)).state).toBe('done');
    await again.electron.close();
  });

  it('pauses without asking when the system ends it', async () => {
    const project = smallProject(temporaryFolder());
    const app = await startApp(project);
    await startTraining(app, 5000);
    const end = ended(app);
    app.electron.process().kill('SIGTERM');
    expect(await end).toBe(0);
    const again = await startAppWith(app, project);
    expect((await job(again)).state).toBe('paused');
    await again.electron.close();
  });
});
