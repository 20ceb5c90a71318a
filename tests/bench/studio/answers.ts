import type { Browser } from '@playwright/test';
import type { Serving } from '../../support/serve.js';
import { datasetOf } from './engine.js';
import { newPage, photosShown } from './browser.js';
import { below, median, type Row } from './row.js';

const ROUNDS = 5;

/** What is asked of the images, as the page writes it. */
const queries: Readonly<Record<string, string>> = {
  'by name, from the last': 'order=descending',
  'by size': 'sort=pixels&order=descending',
  'by number of labels': 'sort=labels&order=descending',
  'one class': 'classes=3',
  'two classes, both': 'classes=0&classes=7&match=all',
  'none of two classes': 'classes=1&classes=2&match=none',
  'a split, by size': 'split=val&sort=pixels',
  'part of a name': 'text=9999',
  'the last page': 'offset=99900',
};

/** Milliseconds until the page has its images, and the figures that it asks for after them. */
const asked = (key: string, query: string): string => `(async () => {
  const from = performance.now();
  await fetch('/api/projects/${key}/images?limit=100&${query}').then((answer) => answer.json());
  const images = performance.now() - from;
  await fetch('/api/projects/${key}/statistics?${query.replace(/(sort|order|offset)=[^&]*&?/g, '')}').then((answer) => answer.json());
  return [images, performance.now() - from];
})()`;

/** Times the answers to filters and sorts, as a page gets them. */
export async function benchAnswers(browser: Browser, serving: Serving): Promise<Row[]> {
  const page = await newPage(browser, serving);
  await page.goto(datasetOf(serving));
  await photosShown(page);
  const rows: Row[] = [];
  for (const [what, query] of Object.entries(queries)) {
    const times: [number, number][] = [];
    for (let i = 0; i < ROUNDS; i++)
      times.push((await page.evaluate(asked(serving.project, query))) as [number, number]);
    const [images, figures] = [0, 1].map((part) => times.map((pair) => pair[part]));
    const more = ` (longest ${Math.max(...images).toFixed(0)}); with figures ${median(figures).toFixed(0)}`;
    rows.push(below(`images: ${what}`, median(images), 200, 'ms', more));
  }
  await page.context().close();
  return rows;
}
