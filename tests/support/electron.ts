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
  /** Folder of what the shell remembers; hand it to the next start. */
  config: string;
}

/** Starts the desktop app; it is gone after the test. */
export async function startApp(...args: string[]): Promise<App> {
  return startAppWith({}, ...args);
}

/** The same with what an earlier start has remembered. */
export async function startAppWith(
  { config = temporaryFolder() }: { config?: string },
  ...args: string[]
): Promise<App> {
  const electron = await _electron.launch({
    executablePath: program,
    // As root, in a container, Chromium has no sandbox of the system's to be in.
    args: ['--no-sandbox', '--disable-gpu', ...args],
    env: {
      ...(process.env as Record<string, string>),
      DISPLAY: await display(),
      COMASK_TEST_MAIN: main,
      COMASK_ENGINE_NODE: process.execPath,
      XDG_CONFIG_HOME: config,
    },
  });
  const child = electron.process();
  onTestFinished(() => void child.kill('SIGKILL'));
  const page = await electron.firstWindow();
  await page.waitForLoadState();
  return { electron, page, config, origin: new URL(page.url()).origin };
}
