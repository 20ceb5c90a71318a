import { readFileSync } from 'node:fs';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import type { Serving } from '../../support/serve.js';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Chromium with scroll bars, which Playwright hides. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], ignoreDefaultArgs: ['--hide-scrollbars'] });

/** A new window that is let in, with nothing in its cache. */
export async function newPage(browser: Browser, { origin, cookie }: Serving): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  return context.newPage();
}

/** Evaluated by the debugger: the page's policy forbids to wait by a function that is sent as text. */
const PHOTOS = `new Promise((done) => (function look() {
  const there = [...document.querySelectorAll('[role=gridcell] img')].some((image) => image.complete && image.naturalWidth > 0);
  if (there) done(true);
  else requestAnimationFrame(look);
})())`;

/** Resolves when photos are drawn in the grid. */
export const photosShown = (page: Page): Promise<unknown> => page.evaluate(PHOTOS);

/** Counters of the page's main thread; times are processor seconds of it. */
export async function metricsOf(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = (await session.send('Performance.getMetrics')) as { metrics: { name: string; value: number }[] };
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Bytes of the largest renderer process. */
export interface RendererMemory {
  /** Its own, as Chromium's task manager counts them: memory of no file, swapped or not. */
  own: number;
  /** All that it has in memory: pages of the browser's program, which every process shares, are in it. */
  resident: number;
}

/** What the renderer has in memory. */
export async function rendererMemory(browser: Browser): Promise<RendererMemory> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: { type: string; id: number }[] }; // prettier-ignore
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => memoryOf(id));
  return renderers.reduce((most, one) => (one.own > most.own ? one : most));
}

function memoryOf(id: number): RendererMemory {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  const bytes = (name: string): number => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
  return { own: bytes('RssAnon') + bytes('VmSwap'), resident: bytes('VmRSS') };
}
