import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Chromium with scroll bars, which Playwright hides. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], ignoreDefaultArgs: ['--hide-scrollbars'] });

/** A new window that is let in, with nothing in its cache. */
export async function newPage(browser: Browser, origin: string, cookie: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  return context.newPage();
}

/** Resolves when photos are drawn in the grid. */
export const photosShown = (page: Page): Promise<unknown> =>
  page.waitForFunction("[...document.querySelectorAll('[role=gridcell] img')].some((image) => image.complete && image.naturalWidth > 0)"); // prettier-ignore

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
