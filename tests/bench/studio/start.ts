import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from '@playwright/test';
import { _electron } from 'playwright-core';
import { cacheFolder } from '../../../electron/engine/learn/runtime/places.js';
import { canOpenWindows, display } from '../../support/display.js';
import { newPage, photosShown } from './browser.js';
import type { Serving } from '../../support/serve.js';
import { datasetOf, withEngine } from './engine.js';
import { below, median, plain, type Row } from './row.js';

const ROUNDS = 3;

/** First page: from the address of a project to photos in its grid, the engine being up and no thumbnail made yet. */
export async function benchFirstPage(browser: Browser, root: string, cache: string): Promise<Row[]> {
  const once = (serving: Serving): Promise<number> => timed(browser, serving, performance.now());
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    rmSync(cache, { recursive: true, force: true });
    times.push(await withEngine(root, once, { COMASK_HOME: cache }));
  }
  return [below('first page, engine up', median(times), 1, 's', ` (longest ${Math.max(...times).toFixed(2)})`)];
}

/** Start: from typing `comask serve` to photos in the grid of a browser that is open. */
export async function benchServe(browser: Browser, root: string): Promise<Row[]> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const from = performance.now();
    times.push(await withEngine(root, (serving) => timed(browser, serving, from)));
  }
  return [below('`comask serve` to a usable window', median(times), 3, 's', ` (longest ${Math.max(...times).toFixed(2)})`)]; // prettier-ignore
}

/** Seconds since `from` when the photos of a project are there in a new window. */
async function timed(browser: Browser, serving: Serving, from: number): Promise<number> {
  const page = await newPage(browser, serving);
  try {
    await page.goto(datasetOf(serving));
    await photosShown(page);
    return (performance.now() - from) / 1000;
  } finally {
    await page.context().close();
  }
}

/** Where .ci/electron.mjs puts the Electron to test with; ELECTRON names another. */
const electron =
  process.env.ELECTRON ??
  join(cacheFolder({ platform: process.platform, arch: process.arch, env: process.env, home: homedir() }), 'electron-22.3.25/fiftyone'); // prettier-ignore

/** The same of the desktop app, on a display of memory where there is no other. */
export async function benchElectron(root: string): Promise<Row[]> {
  const what = 'desktop app to a usable window';
  if (!existsSync(electron) || !canOpenWindows) {
    return [plain(what, 'not measured: no Electron (.ci/electron.mjs, or ELECTRON), or no display')];
  }
  const own = { DISPLAY: await display(), COMASK_TEST_MAIN: resolve('dist/main.cjs'), COMASK_ENGINE_NODE: process.execPath }; // prettier-ignore
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const config = mkdtempSync(join(tmpdir(), 'comask-bench-config-'));
    const env = { ...(process.env as Record<string, string>), ...own, XDG_CONFIG_HOME: config };
    const from = performance.now();
    const app = await _electron.launch({ executablePath: electron, args: ['--no-sandbox', '--disable-gpu', root], env }); // prettier-ignore
    try {
      const page = await app.firstWindow();
      await page.locator('[role=gridcell]').first().waitFor();
      await photosShown(page);
      times.push((performance.now() - from) / 1000);
    } finally {
      // Not killed: the next engine finds the project taken until the system has forgotten the last one's process.
      await app.close();
    }
    rmSync(config, { recursive: true, force: true, maxRetries: 5 });
  }
  return [below(what, median(times), 3, 's', ` (longest ${Math.max(...times).toFixed(2)})`)];
}
