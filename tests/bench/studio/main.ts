/**
 * The studio's figures in a real browser, on a project of many tiny photos: scrolling, answers, memory, the start, and
 * browsing while a training runs. Prints a table; `npm run bench -- studio` runs it.
 *
 * Usage: node dist/bench/studio.mjs [--images N] [--folder DIR] [--only part,...]
 */
import { mkdirSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import type { Browser } from '@playwright/test';
import { benchAnswers } from './answers.js';
import { launch } from './browser.js';
import { withEngine } from './engine.js';
import { benchGrid } from './grid.js';
import { benchProject } from './project.js';
import { failed, tableOf, type Row } from './row.js';
import { benchQueue } from './queue.js';
import { benchElectron, benchFirstPage, benchServe } from './start.js';
import { benchTraining } from './training.js';

const parts = ['first', 'serve', 'electron', 'answers', 'queue', 'grid', 'training'] as const;
type Part = (typeof parts)[number];

const { values } = parseArgs({
  args: argv.slice(2),
  options: { images: { type: 'string' }, folder: { type: 'string' }, only: { type: 'string' } },
});
const images = Number(values.images ?? 100_000);
const folder = resolve(values.folder ?? join(tmpdir(), 'comask-bench-studio'));
const only = values.only?.split(',') ?? parts;
const unknown = only.find((part) => !parts.some((one) => one === part));
if (unknown !== undefined) throw new Error(`there is no part "${unknown}"; there are ${parts.join(', ')}`);

const say = (text: string): void => void process.stderr.write(`${text}\n`);

mkdirSync(folder, { recursive: true });
say(`making a project of ${images} photos in ${folder}, unless it is there ...`);
const root = await benchProject(folder, images);
const browser: Browser = await launch();
const benches: Record<Part, () => Promise<Row[]>> = {
  first: () => benchFirstPage(browser, root, join(folder, 'cache')),
  serve: () => benchServe(browser, root),
  electron: () => benchElectron(root),
  answers: () => withEngine(root, (serving) => benchAnswers(browser, serving)),
  queue: () => benchQueue(root, images),
  grid: () => withEngine(root, (serving) => benchGrid(browser, serving)),
  training: () => withEngine(root, (serving) => benchTraining(serving, images)),
};
const [load] = loadavg();
const rows: Row[] = [];
for (const part of parts.filter((one) => only.includes(one))) {
  say(`${part} ...`);
  // The others are not lost with one that fails.
  rows.push(...(await benches[part]().catch((error: unknown) => [failed(part, error)])));
}
await browser.close();
const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores; ${(totalmem() / 1e9).toFixed(0)} GB; chromium ${browser.version()}`;
process.stdout.write(`\n${machine}; ${images} images; load at the start ${load.toFixed(1)}\n\n${tableOf(rows)}\n`);
// Processes of the browser that linger would keep this one.
process.exit(rows.some(({ met }) => met === false) ? 1 : 0);
