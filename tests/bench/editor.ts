/**
 * Times the mask editor in a real Chromium, through the page's own events:
 *
 *   node build/bench.mjs editor
 *
 * Each figure is given twice: as the time of the page's main thread on the processor, which other programs do not change, and
 * by the clock. CHROMIUM names the browser.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import sharp from 'sharp';
import { encodeLabelMap } from '../../electron/engine/images/index.js';
import { api } from '../../shared/api/index.js';
import { vocPalette } from '../../shared/palette.js';
import { comask } from '../support/cli.js';
import { startServing, type Serving } from '../support/serve.js';
import { rendererMemory } from './studio/browser.js';

/** Sides of the photos that are painted on, px. */
const SIDES = [2500, 4096];
const STROKES = 240;
const ROUNDS = 7;
/** Photos that are walked through, there and back, and changes of image in all. */
const WALKED = 60;
const SWITCHES = 1000;
/** Milliseconds that a person looks at an image before the next one. */
const LOOK = 300;

/** A photo with patches of colour and noise, so that regions are neither one nor all different. */
async function photo(file: string, width: number, height = width, seed = 1): Promise<void> {
  const data = new Uint8Array(width * height * 3);
  let state = seed;
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = 60 + 50 * ((Math.floor(x / 200) + Math.floor(y / 300) + (i % 3)) % 3) + (state >>> 29);
  }
  await sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 92 }).toFile(file);
} // prettier-ignore

/** Milliseconds of work: of the page's main thread on the processor, and by the clock. */
interface Time {
  cpu: number;
  clock: number;
}

class Watch {
  constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  async #thread(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  }

  /** Runs a script in the page, two frames included, that what it changes is drawn. */
  async time(script: string): Promise<Time> {
    const before = await this.#thread();
    const clock = (await this.page.evaluate(`(async () => {
      const started = performance.now();
      ${script};
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - started;
    })()`)) as number;
    return { cpu: (await this.#thread()) - before, clock };
  }
}

const pointer = (type: string, x: number, y: number): string =>
  `stage.dispatchEvent(new PointerEvent('pointer${type}', { bubbles: true, cancelable: true, button: 0, pointerId: 1, clientX: ${x.toFixed(2)}, clientY: ${y.toFixed(2)} }))`; // prettier-ignore
const key = (name: string, more = ''): string =>
  `dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', ${more} }))`;
const at = (values: number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]; // prettier-ignore

/** Goes to the image beside and waits until its photo and mask are drawn. */
const switchTo = (id: string, arrow: string): string => `
  ${key(arrow)};
  const there = () => {
    const photo = document.querySelector('img.photo');
    const action = document.querySelector('.rail hr + button');
    return photo?.alt === '${id}' && photo.complete && photo.naturalWidth > 0 && !action.disabled && document.querySelector('h2.id')?.textContent === '${id}';
  };
  while (!there()) await new Promise((done) => requestAnimationFrame(done))`;

const verdict = (met: boolean): string => (met ? 'met' : 'NOT MET');

/** @param by what the goal is held against: two frames by the clock are 33 ms, whatever is done in them */
function print(what: string, times: Time[], goal: number, share = 0.5, by: keyof Time = 'clock'): void {
  const [cpu, clock] = [at(times.map((time) => time.cpu), share), at(times.map((time) => time.clock), share)]; // prettier-ignore
  console.log(`${what.padEnd(46)} ${cpu.toFixed(1).padStart(8)} ms of processor ${clock.toFixed(1).padStart(8)} ms by the clock   goal ${goal} ms: ${verdict({ cpu, clock }[by] <= goal)}`);
} // prettier-ignore

function printOne(what: string, measured: string, goal: string, met: boolean): void {
  console.log(`${what.padEnd(46)} ${measured}   goal ${goal}: ${verdict(met)}`);
}

/** Opens the photo of 20,000x20,000 in the editor, where the import has taken it; else what the import says of it. */
async function openHuge(page: Page, { client, origin, project }: Serving): Promise<{ opened: boolean; words: string }> {
  const { failures } = await client.call(api.projects.failures, { params: { project }, query: {} });
  const left = failures.find(({ file }) => file?.includes('huge'));
  if (left) return { opened: false, words: `at import, ${left.reason}` };
  await page.goto(`${origin}/projects/${project}/editor?id=wide/huge&at=${SIDES.length + WALKED}`);
  const [begun, refused] = [page.getByText(/^Begun with/), page.locator('.notices [role=alert]')];
  await begun.or(refused).first().waitFor({ timeout: 120_000 });
  const words = (await refused.allInnerTexts()).join(' ').replace(/\s+/g, ' ');
  return { opened: words === '', words };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
  const photos = join(folder, 'photos', 'thing');
  mkdirSync(photos, { recursive: true });
  for (const side of SIDES) await photo(join(photos, `p${side}.jpg`), side);
  const walked = join(folder, 'photos', 'walk');
  mkdirSync(walked);
  for (let k = 0; k < WALKED; k++) await photo(join(walked, `w${String(k).padStart(3, '0')}.jpg`), 500, 375, k + 1);
  const masks = join(folder, 'masks', 'walk');
  mkdirSync(masks, { recursive: true });
  // One with an edge in every row, so that it is no empty one that is packed and sent.
  const data = Uint8Array.from({ length: 500 * 375 }, (_, i) => ((i % 500) + Math.floor(i / 500) > 400 ? 2 : 0));
  for (let k = 0; k < WALKED; k++) writeFileSync(join(masks, `w${String(k).padStart(3, '0')}.png`), encodeLabelMap({ width: 500, height: 375, data }, vocPalette())); // prettier-ignore
  const wide = join(folder, 'photos', 'wide');
  mkdirSync(wide);
  const create = { width: 20_000, height: 20_000, channels: 3, background: '#787878' } as const;
  await sharp({ create, limitInputPixels: false }).jpeg().toFile(join(wide, 'huge.jpg'));
  const project = join(folder, 'project');
  const made = await comask('new', project, '--dataset', join(folder, 'photos'));
  if (made.exitCode !== 0) throw new Error(made.stderr);
  const imported = await comask('import', 'masks', project, '--from', join(folder, 'masks'), '--masks', 'pseudo');
  if (imported.exitCode !== 0) throw new Error(imported.stderr);
  const serving = await startServing(project);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const [name, value] = serving.cookie.split('=');
    await page.context().addCookies([{ name, value, url: serving.origin }]);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const watch = new Watch(page, session);

    async function open(side: number): Promise<{ left: number; top: number; width: number }> {
      await page.goto(`${serving.origin}/projects/${serving.project}/editor?id=thing/p${side}&at=0`);
      await page.getByText('Begun with an empty mask').waitFor({ timeout: 120_000 });
      await page.waitForLoadState('networkidle', { timeout: 120_000 });
      await page.evaluate(`
        globalThis.stage = document.querySelector('[role=application]');
        stage.setPointerCapture = () => undefined;`);
      const box = (await page.locator('img.photo').boundingBox())!;
      return { left: box.x, top: box.y, width: box.width };
    }

    const wide = await open(4096);
    await page.getByRole('spinbutton', { name: 'Size' }).fill('200');
    await page.keyboard.press('Enter');
    const place = (k: number): [number, number] => [wide.left + wide.width * (0.5 + 0.4 * Math.cos(k / 9)), wide.top + wide.width * (0.5 + 0.4 * Math.sin(k / 7))]; // prettier-ignore
    await watch.time(pointer('down', ...place(0)));
    const frames: Time[] = [];
    for (let k = 1; k <= STROKES; k++) frames.push(await watch.time(pointer('move', ...place(k))));
    await watch.time(pointer('up', ...place(STROKES)));
    print('frame of a stroke, p95, 200 px at 4096x4096', frames, 16.7, 0.95, 'cpu');
    print('the same, median', frames, 16.7, 0.5, 'cpu');

    const { left, top, width } = await open(2500);
    const middle: [number, number] = [left + width * 0.52, top + width * 0.52];
    const click = `${pointer('down', ...middle)}; ${pointer('up', ...middle)}`;
    const undo = key('z', 'ctrlKey: true');
    const figures: Record<string, Time[]> = { fill: [], undo: [], wand: [] };
    await page.keyboard.press('w');
    await page.waitForTimeout(3000);
    for (let round = 0; round < ROUNDS; round++) {
      await watch.time(key('f'));
      figures.fill.push(await watch.time(click));
      figures.undo.push(await watch.time(undo));
      await watch.time(key('w'));
      figures.wand.push(await watch.time(click));
      await watch.time(undo);
    }
    print('fill of the whole, 2500x2500', figures.fill, 200);
    print('undo of it', figures.undo, 50);
    print('wand, 2500x2500', figures.wand, 100);

    await page.evaluate(`
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...rest) {
        if (message.kind !== 'superpixels') return post.call(this, message, ...rest);
        const started = performance.now();
        this.addEventListener('message', ({ data }) => { if (data.id === message.id) globalThis.superpixels = performance.now() - started; });
        return post.call(this, message, ...rest);
      };`);
    await page.keyboard.press('s');
    let superpixels: unknown;
    while (typeof superpixels !== 'number') {
      await page.waitForTimeout(200);
      superpixels = await page.evaluate('globalThis.superpixels');
    }
    printOne(
      'superpixels, 2500x2500, in the worker',
      `${superpixels.toFixed(1)} ms by the clock`,
      '1500 ms',
      superpixels <= 1500,
    );

    const ids = Array.from({ length: WALKED }, (_, k) => `walk/w${String(k).padStart(3, '0')}`);
    await page.goto(`${serving.origin}/projects/${serving.project}/editor?id=${ids[0]}&at=${SIDES.length}`);
    await page.getByText('Begun with pseudo').waitFor({ timeout: 120_000 });
    await page.waitForLoadState('networkidle');
    const switches: Time[] = [];
    for (let k = 1; k <= SWITCHES; k++) {
      const round = k % (2 * (WALKED - 1));
      const forward = round >= 1 && round < WALKED;
      const place = round < WALKED ? round : 2 * (WALKED - 1) - round;
      // The first are at the pace of a person, which is what prefetching is for; the rest only fill memory.
      if (k <= 2 * WALKED) await page.waitForTimeout(LOOK);
      const time = await watch.time(switchTo(ids[place], forward ? 'ArrowRight' : 'ArrowLeft'));
      if (k <= 2 * WALKED) switches.push(time);
    }
    print('change of image, 500x375, p95', switches, 100, 0.95);
    print('the same, median', switches, 100);
    const memory = await rendererMemory(browser);
    const [own, resident] = [memory.own, memory.resident].map((bytes) => Math.round(bytes / 2 ** 20));
    printOne(`renderer after ${SWITCHES} changes of image`, `${own} MB of its own, ${resident} MB resident`, '600 MB', own < 600); // prettier-ignore

    const { words, opened } = await openHuge(page, serving);
    printOne('mask of 20,000x20,000', opened ? 'opens' : `refused: ${words}`, 'opens, or is refused with a clear word', opened || /million pixels/.test(words)); // prettier-ignore
  } finally {
    await browser.close();
    serving.running.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
process.exit(0);
