import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerDialogs, shownDialogs } from '../../support/dialogs.js';
import {
  electronReady,
  inPage,
  startApp,
  startAppWith,
  startAgain,
  unlessElectron,
  type App,
} from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import { smallProject } from '../../support/project.js';
import { until } from '../../support/serve.js';

const roots = (app: App): Promise<string[]> =>
  inPage(app, `fetch('/api/projects').then(async (answer) => (await answer.json()).projects.map(({ root }) => root))`);

const remembered = ({ data }: App): Record<string, unknown> =>
  JSON.parse(readFileSync(join(data, 'shell.json'), 'utf8'));

describe.skipIf(!electronReady)(`the desktop app (${unlessElectron})`, () => {
  it('opens a project, and finds window, address and recent projects again', async () => {
    const project = smallProject(temporaryFolder(), 2);
    const app = await startApp(project);
    expect(await roots(app)).toEqual([project]);
    expect(await app.page.title()).toBe('Comask Studio');
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].setBounds({ x: 40, y: 50, width: 1000, height: 700 }),
    );
    await inPage(app, `localStorage.setItem('kept', 'yes')`);
    await app.electron.close();
    expect(remembered(app)).toMatchObject({
      recent: [project],
      window: { width: 1000, height: 700, maximized: false },
    });

    const again = await startAppWith(app);
    expect(again.origin).toBe(app.origin);
    expect(await roots(again)).toEqual([]);
    expect(await inPage(again, `localStorage.getItem('kept')`)).toBe('yes');
    const [width, height] = await again.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].getSize(),
    );
    expect([width, height]).toEqual([1000, 700]);
    await again.electron.close();
  });

  it('hands the project of a second start to the first', async () => {
    const [first, second] = [smallProject(temporaryFolder(), 2), smallProject(temporaryFolder(), 2)];
    const app = await startApp(first);
    await inPage(app, `window.heard = []; window.comask.onCommand((command) => window.heard.push(command)); null`);
    expect(await startAgain(app, second)).toBe(0);
    await until(() => roots(app), (list) => list.length === 2); // prettier-ignore
    expect(await roots(app)).toEqual([first, second]);
    const heard = await until(() => inPage<object[]>(app, 'window.heard'), (list) => list.length > 0); // prettier-ignore
    expect(heard).toEqual([{ id: 'project.opened', project: expect.any(String) }]);
    await app.electron.close();
  });

  it('says what is wrong with a folder that is no project', async () => {
    const app = await startApp();
    await answerDialogs(app.electron, 0);
    expect(await startAgain(app, join(app.data, 'none'))).toBe(0);
    const [shown] = await until(() => shownDialogs(app.electron), (list) => list.length > 0); // prettier-ignore
    expect(shown.message).toMatch(/there is no project/);
    await app.electron.close();
  });

  it('starts an engine that was killed again, at the same address, and says what is safe', async () => {
    const project = smallProject(temporaryFolder(), 2);
    const app = await startApp(project);
    await answerDialogs(app.electron, 0);
    const engine = Number(/\d+/.exec(readFileSync(join(project, 'engine.lock'), 'utf8'))![0]);
    process.kill(engine, 'SIGKILL');
    const [shown] = await until(() => shownDialogs(app.electron), (list) => list.length > 0); // prettier-ignore
    expect(shown).toMatchObject({
      message: 'The engine stopped and was started again',
      detail: expect.stringContaining('checkpoint'),
    });
    expect(await roots(app)).toEqual([project]);
    expect(new URL(app.page.url()).origin).toBe(app.origin);
    await app.electron.close();
  });

  it('offers to load a page that has crashed, while the engine runs on', async () => {
    const app = await startApp(smallProject(temporaryFolder(), 2));
    await answerDialogs(app.electron, 0);
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer(),
    );
    const [shown] = await until(() => shownDialogs(app.electron), (list) => list.length > 0); // prettier-ignore
    expect(shown.message).toBe("The window's page has stopped");
    const url = await until(
      () => app.electron.evaluate(({ BrowserWindow }) => {
        const { webContents } = BrowserWindow.getAllWindows()[0];
        return webContents.isCrashed() || webContents.isLoading() ? '' : webContents.getURL();
      }),
      (address) => address !== '',
    ); // prettier-ignore
    expect(new URL(url).origin).toBe(app.origin);
    await app.electron.close();
  });

  it('switches language and theme from the menu, and remembers them', async () => {
    const app = await startApp();
    const click = (id: string): Promise<void> =>
      app.electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()!.getMenuItemById(item)!.click(), id);
    const fileMenu = (): Promise<string> =>
      app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()!.items[0].label);
    expect(await fileMenu()).toBe('&File');
    await click('language.zh-CN');
    expect(await fileMenu()).toBe('文件(&F)');
    const isDark = (): Promise<boolean> => inPage(app, `matchMedia('(prefers-color-scheme: dark)').matches`);
    for (const theme of ['dark', 'light']) {
      await click(`theme.${theme}`);
      await until(isDark, (dark) => dark === (theme === 'dark'));
    }
    expect(remembered(app)).toMatchObject({ language: 'zh-CN', theme: 'light' });
    await app.electron.close();
  });
});
