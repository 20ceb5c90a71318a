/**
 * Times the mask editor in a real Chromium, through the page's own events:
 *
 *   node build/bundle.mjs cli engine renderer
 *   npx esbuild tests/bench/editor.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench/editor.mjs
 *   node dist/bench/editor.mjs
 *
 * Each figure is given twice: as the time of the page's main thread on the processor, which other programs do not change, and
 * by the clock. CHROMIUM names the browser.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import sharp from 'sharp';
import { comask } from '../support/cli.js';
import { startServing } from '../support/serve.js';
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

function print(what: string, times: Time[], goal: number, share = 0.5): void {
  const [cpu, clock] = [at(times.map((time) => time.cpu), share), at(times.map((time) => time.clock), share)]; // prettier-ignore
  console.log(`${what.padEnd(46)} ${cpu.toFixed(1).padStart(8)} ms of processor ${clock.toFixed(1).padStart(8)} ms by the clock   goal ${goal} ms`);
} // prettier-ignore

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
  const photos = join(folder, 'photos', 'thing');
  mkdirSync(photos, { recursive: true });
  for (const side of SIDES) await photo(join(photos, `p${side}.jpg`), side);
  const walked = join(folder, 'photos', 'walk');
  mkdirSync(walked);
  for (let k = 0; k < WALKED; k++) await photo(join(walked, `w${String(k).padStart(3, '0')}.jpg`), 500, 375, k + 1);
  const project = join(folder, 'project');
  const made = await comask('new', project, '--dataset', join(folder, 'photos'));
  if (made.exitCode !== 0) throw new Error(made.stderr);
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
    print('frame of a stroke, p95, 200 px at 4096x4096', frames, 16.7, 0.95);
    print('the same, median', frames, 16.7);

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
    console.log(`${'superpixels, 2500x2500, in the worker'.padEnd(46)} ${''.padStart(24)} ${superpixels.toFixed(1).padStart(8)} ms by the clock   goal 1500 ms`); // prettier-ignore

    const ids = Array.from({ length: WALKED }, (_, k) => `walk/w${String(k).padStart(3, '0')}`);
    await page.goto(`${serving.origin}/projects/${serving.project}/editor?id=${ids[0]}&at=${SIDES.length}`);
    await page.getByText('Begun with an empty mask').waitFor({ timeout: 120_000 });
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
    console.log(`renderer after ${SWITCHES} changes of image: ${Math.round(memory.own / 2 ** 20)} MB of its own, ${Math.round(memory.resident / 2 ** 20)} MB resident   goal 600 MB`); // prettier-ignore
  } finally {
    await browser.close();
    serving.running.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
process.exit(0);
