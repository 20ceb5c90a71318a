import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import type { Serving } from '../../support/serve.js';
import { datasetOf } from './engine.js';
import { metricsOf, newPage, photosShown, rendererMemory } from './browser.js';
import { below, plain, quantile, type Row } from './row.js';

/** The longest frame that does not show as a jerk. */
const FRAME = 33;
/** Milliseconds between two movements of the hand. */
const HAND = 16;
const MOVEMENTS = 250;
/** Pixels of the button at either end of a scroll bar; the smallest handle is as long. */
const BUTTON = 16;
/** Places along the bar that are waited at, so that their photos come. */
const STOPS = 400;
const AT_A_STOP = 120;
const MEGABYTE = 2 ** 20;

/** Times between frames, ms, while something is done to the page. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(
    'window.frames_ = []; window.go_ = true; (function next(at) { requestAnimationFrame((now) => { if (at) frames_.push(now - at); if (go_) next(now); }); })(0)',
  );
  await work();
  return (await page.evaluate('go_ = false; frames_')) as number[];
}

/** Frames under one way of scrolling: how long they took, and how busy the page's own thread was. */
async function scrolled(page: Page, way: string, work: () => Promise<void>): Promise<Row[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await metricsOf(session);
  const frames = await framesWhile(page, work);
  const after = await metricsOf(session);
  await session.detach();
  const late = frames.filter((frame) => frame > FRAME).length;
  const busy = (1000 * (after.TaskDuration - before.TaskDuration)) / frames.length;
  const spread = `; median ${quantile(frames, 0.5).toFixed(0)}, p95 ${quantile(frames, 0.95).toFixed(0)}; ${late} of ${frames.length} over`;
  return [
    below(`${way}: longest frame`, Math.max(...frames), FRAME, 'ms', spread),
    plain(`${way}: processor time of the page's thread a frame`, `${busy.toFixed(1)} ms`),
  ];
}

/** Scrolls by the wheel, then by the bar from end to end, then stops all along it; tells of frames and memory. */
export async function benchGrid(browser: Browser, serving: Serving): Promise<Row[]> {
  const page = await newPage(browser, serving);
  await page.goto(datasetOf(serving));
  await photosShown(page);
  await page.waitForLoadState('networkidle');
  const box = (await page.locator('[role=grid]').boundingBox())!;

  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const wheel = await scrolled(page, 'wheel', async () => {
    for (let i = 0; i < MOVEMENTS; i++) {
      await page.mouse.wheel(0, 120);
      await sleep(HAND);
    }
  });

  await page.locator('[role=grid]').evaluate((grid: { scrollTop: number }) => void (grid.scrollTop = 0));
  await sleep(500);
  const bar = { x: box.x + box.width - 6, top: box.y + BUTTON + 4, bottom: box.y + box.height - BUTTON - 4 };
  const drag = await scrolled(page, 'bar', async () => {
    await page.mouse.move(bar.x, bar.top);
    await page.mouse.down();
    for (let i = 1; i <= MOVEMENTS; i++) {
      await page.mouse.move(bar.x, bar.top + ((bar.bottom - bar.top) * i) / MOVEMENTS);
      await sleep(HAND);
    }
    await page.mouse.up();
  });
  const dragged = await page.locator('[role=grid]').evaluate((grid: { scrollTop: number }) => grid.scrollTop);
  if (dragged < 1000) throw new Error('the bar did not move the grid');

  for (let i = 0; i <= STOPS; i++) {
    await page
      .locator('[role=grid]')
      .evaluate(
        (grid: { scrollTop: number; scrollHeight: number }, share) => void (grid.scrollTop = share * grid.scrollHeight),
        i / STOPS,
      );
    await sleep(AT_A_STOP);
  }
  await page.waitForLoadState('networkidle');
  const session = await page.context().newCDPSession(page);
  const { own, resident } = await rendererMemory(browser);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { JSHeapUsedSize, Nodes } = await metricsOf(session);
  await page.context().close();
  const more = ` (${(resident / MEGABYTE).toFixed(0)} with what processes share; ${(JSHeapUsedSize / MEGABYTE).toFixed(0)} MB of scripts' objects, ${Nodes} nodes)`;
  return [...wheel, ...drag, below('memory of the renderer after scrolling through all', own / MEGABYTE, 400, 'MB', more)]; // prettier-ignore
}
