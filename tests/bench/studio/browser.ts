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

/** Bytes that the renderer processes have in memory: all of them, what they share with others included. */
export async function rendererBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: { type: string; id: number }[] }; // prettier-ignore
  await session.detach();
  const resident = ({ id }: { id: number }): number => {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  };
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(resident));
}
