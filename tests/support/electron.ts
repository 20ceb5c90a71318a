import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { cacheFolder } from '../../electron/engine/learn/runtime/places.js';
import { canOpenWindows, display } from './display.js';
import { temporaryFolder } from './folder.js';

const main = resolve(import.meta.dirname, '../../dist/main.cjs');

/** Where .ci/electron.mjs puts the Electron to test with. */
const program = join(
  cacheFolder({ platform: process.platform, arch: process.arch, env: process.env, home: homedir() }),
  'electron-22.3.25/fiftyone',
);

/** Whether windows can be tested here. */
export const electronReady = existsSync(program) && existsSync(main) && canOpenWindows;
/** For the names of tests that are skipped. */
export const unlessElectron = 'skipped without a test Electron (.ci/electron.mjs), Xvfb and the bundle (npm run build)';

/** The desktop app, running. */
export interface App {
  electron: ElectronApplication;
  page: Page;
  origin: string;
  /** Folder that stands for the person's settings. */
  config: string;
  /** Folder in it of what the shell remembers. */
  data: string;
}

// As root, in a container, Chromium has no sandbox of the system's to be in.
const switches = ['--no-sandbox', '--disable-gpu'];

const environment = async (config: string): Promise<Record<string, string>> => ({
  ...(process.env as Record<string, string>),
  DISPLAY: await display(),
  LANGUAGE: 'en',
  COMASK_TEST_MAIN: main,
  COMASK_ENGINE_NODE: process.execPath,
  XDG_CONFIG_HOME: config,
});

/** Starts the desktop app; it is gone after the test. */
export const startApp = (...args: string[]): Promise<App> => startAppWith({ config: temporaryFolder() }, ...args);

/** The same with what an earlier start has remembered. */
export async function startAppWith({ config }: Pick<App, 'config'>, ...args: string[]): Promise<App> {
  const env = await environment(config);
  const electron = await _electron.launch({
    executablePath: program,
    args: [...switches, ...args],
    env,
    // The window's own, in place of Playwright's.
    colorScheme: null,
  });
  const child = electron.process();
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const end = once(child, 'exit');
    // With all of its processes, which write into the folder that is to be removed.
    process.kill(-child.pid!, 'SIGKILL');
    await end;
  });
  const page = await electron.firstWindow();
  await page.waitForLoadState();
  const data = await electron.evaluate(({ app }) => app.getPath('userData'));
  return { electron, page, config, data, origin: new URL(page.url()).origin };
}

/** Starts the app once more beside a running one, as a double click does; resolves to the exit code. */
export async function startAgain({ config }: App, ...args: string[]): Promise<number | null> {
  const child = spawn(program, [...switches, ...args], { env: await environment(config), stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** Runs a script in the page, as text: the tests know no DOM. */
export const inPage = <Answer>({ page }: Pick<App, 'page'>, script: string): Promise<Answer> =>
  page.evaluate(script) as Promise<Answer>;
