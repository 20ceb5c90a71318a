/**
 * Makes the README's pictures of the studio: the sample project, opened in a browser and worked on as a person would.
 *
 * Usage: node build/studio-screenshots.mjs (after npm run build); CHROMIUM names the browser, else /usr/bin/chromium
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import sharp from 'sharp';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'build', 'comask.mjs');
const images = join(root, 'docs', 'images');
const viewport = { width: 1280, height: 800 };

/** Starts `comask serve` and returns the link that it prints. */
function serve(project) {
  const engine = spawn(process.execPath, [program, 'serve', project, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] }); // prettier-ignore
  return new Promise((done, fail) => {
    let said = '';
    engine.stdout.on('data', (text) => {
      said += text;
      const link = /http:\/\/127\.0\.0\.1:\d+\/open\?key=\S+/.exec(said);
      if (link) done({ engine, link: link[0] });
    });
    engine.on('exit', () => fail(new Error(`comask serve ended: ${said}`)));
  });
}

/** A small PNG: a picture of 256 colours is as legible, at a third of the bytes. */
async function shoot(page, name) {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
  const picture = await page.screenshot();
  await sharp(picture).png({ palette: true, quality: 100, effort: 10, compressionLevel: 9 }).toFile(join(images, name));
}

/** References of a class, one of them taken out again, so that the map before and the map after are there. */
async function maps(page) {
  await page.getByRole('link', { name: 'Maps', exact: true }).click();
  await page.getByRole('button', { name: 'Compare images' }).click();
  await page.getByRole('list', { name: 'Candidates' }).getByRole('button').first().waitFor({ timeout: 120_000 });
  const map = page.getByRole('region', { name: 'Multi-round, this set' }).locator('canvas');
  await page.getByRole('button', { name: 'Suggest' }).click();
  await map.waitFor();
  await page.waitForLoadState('networkidle');
  const chosen = page.getByRole('list', { name: 'Images of the set' }).getByRole('button');
  await chosen.first().click();
  await page.waitForTimeout(3000);
  await page.mouse.move(20, 600);
  await shoot(page, 'maps.png');
}

/** A mask half mended: superpixels are shown, the history has steps. */
async function editor(page) {
  await page.getByRole('link', { name: 'Masks', exact: true }).click();
  await page.locator('img.photo').waitFor();
  await page.getByText(/^Begun with/).waitFor();
  await page.waitForLoadState('networkidle');
  const box = await page.locator('img.photo').boundingBox();
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  await page.getByRole('application', { name: 'Canvas' }).focus();
  await page.keyboard.press('b');
  await page.mouse.move(...at(0.73, 0.66));
  await page.mouse.down();
  await page.mouse.move(...at(0.745, 0.7), { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press('s');
  await page.waitForTimeout(1500);
  for (const place of [
    [0.81, 0.5],
    [0.77, 0.57],
  ]) {
    await page.mouse.move(...at(...place));
    await page.mouse.down();
    await page.mouse.up();
  }
  await page.getByText(/Saved \d/).waitFor();
  await shoot(page, 'editor.png');
}

/** The worst images of what was measured. */
async function results(page) {
  await page.getByRole('link', { name: 'Results', exact: true }).click();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  await shoot(page, 'results.png');
}

const folder = mkdtempSync(join(tmpdir(), 'comask-studio-'));
const project = join(folder, 'Comask Sample');
let engine;
let browser;
try {
  execFileSync(process.execPath, [program, 'sample', project, '--project'], { stdio: 'inherit' });
  const serving = await serve(project);
  engine = serving.engine;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-GB', colorScheme: 'light' });
  await page.goto(serving.link);
  for (const take of [maps, editor, results]) await take(page);
} finally {
  await browser?.close();
  engine?.removeAllListeners('exit');
  engine?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
