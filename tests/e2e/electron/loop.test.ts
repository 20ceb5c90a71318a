import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { comask } from '../../support/cli.js';
import { electronReady, startApp, startAppWith, unlessElectron } from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import { candidatesOf, drawnIn, paneOf, setOf } from '../../support/maps-screen.js';
import {
  dragOver,
  ExpectedMask,
  firstLabelOf,
  middleOf,
  onScreen,
  savedMask,
  superpixelsOf,
  type Spot,
} from '../../support/mask-work.js';

/** Milliseconds that an answer of the page may take on a busy machine. */
const soon = { timeout: 30_000 };
/** Pixels that the brush is wide, and the level of superpixels that the editor begins with. */
const [BRUSH, LEVEL] = [9, 1];
/** Its edges lie between the centres of pixels, whatever a pointer's place is rounded to. */
const corners: Spot[] = [[80, 20], [110, 20], [110, 60], [95, 60], [95, 40], [80, 40]]; // prettier-ignore

describe.skipIf(!electronReady)(`the loop from references to an accepted mask (${unlessElectron})`, () => {
  it('changes a set, its map, thresholds, the masks of a class and one mask by hand, and keeps all over a restart', async () => {
    const root = join(temporaryFolder(), 'sample');
    expect(await comask('sample', root, '--project')).toMatchObject({ exitCode: 0 });
    const app = await startApp(root);
    const { page } = app;
    await changeReferences(page);
    await applyThresholds(page, root);
    const { id, pixels } = await fixMask(page, root);
    await app.electron.close();

    const again = await startAppWith(app, root);
    await again.page.getByRole('link', { name: 'Maps' }).click();
    await chooseClass(again.page);
    await expect.poll(() => setOf(again.page).count(), soon).toBe(2);
    await again.page.getByRole('link', { name: 'Dataset' }).click();
    await again.page.locator('#tile-0').dblclick();
    await again.page.waitForURL((url) => url.searchParams.get('id') === id);
    await again.page.getByText('Reviewed', { exact: true }).waitFor(soon);
    await again.page.keyboard.press('b');
    await again.page.getByText('Begun with the mask made by hand').waitFor(soon);
    expect(Buffer.from(savedMask(root, 'corrected', id).data).equals(pixels)).toBe(true);
    await again.electron.close();
  });
});

async function chooseClass(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Classes' }).getByRole('button').filter({ hasText: 'rings' }).click();
  await page.waitForURL(/class=1/);
}

/** Two references for a class, whose map changes with each and with one that goes and comes back. */
async function changeReferences(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Maps' }).click();
  await chooseClass(page);
  await page.getByRole('button', { name: 'Compare images' }).click();
  await candidatesOf(page).first().waitFor(soon);
  const map = 'Multi-round, this set';
  await paneOf(page, map).locator('canvas').waitFor(soon);
  const change = async (act: () => Promise<void>, size: number): Promise<number> => {
    const before = await drawnIn(page, map);
    await act();
    await expect.poll(() => setOf(page).count(), soon).toBe(size);
    await expect.poll(() => drawnIn(page, map), soon).not.toBe(before);
    await paneOf(page, map)
      .locator('.stale')
      .waitFor({ state: 'detached', ...soon });
    return drawnIn(page, map);
  };
  await change(() => candidatesOf(page).nth(0).click(), 1);
  const both = await change(() => candidatesOf(page).nth(1).click(), 2);
  await setOf(page).last().focus();
  await change(() => page.keyboard.press('Delete'), 1);
  expect(await change(() => page.keyboard.press('Control+z'), 2)).toBe(both);
}

/** Moves the threshold of the foreground, and gives the masks of the class in view what it makes of them. */
async function applyThresholds(page: Page, root: string): Promise<void> {
  await paneOf(page, 'Mask, live').locator('canvas').waitFor(soon);
  const live = await drawnIn(page, 'Mask, live');
  await page.getByRole('slider', { name: 'Foreground' }).focus();
  for (let step = 0; step < 15; step++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => drawnIn(page, 'Mask, live'), soon).not.toBe(live);
  await page.getByRole('combobox', { name: 'Which masks to change' }).click();
  await page.getByRole('option', { name: 'Images of rings' }).click();
  await page.getByRole('button', { name: 'See changes' }).click();
  const words = page.getByText(/^[1-9]\d* masks?, [\d,]+ pixels$/);
  await words.waitFor(soon);
  const count = parseInt(await words.innerText());
  const masks = join(root, 'masks/fused');
  const files = readdirSync(masks).filter((name) => name.endsWith('.png'));
  const before = new Map(files.map((name) => [name, readFileSync(join(masks, name))]));
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect
    .poll(() => files.filter((name) => !readFileSync(join(masks, name)).equals(before.get(name)!)).length, soon)
    .toBe(count);
}

/** Mends the first mask with brush, polygon and superpixel, undoes, and accepts it. Returns what it should be then. */
async function fixMask(page: Page, root: string): Promise<{ id: string; pixels: Uint8Array }> {
  await page.getByRole('link', { name: 'Masks' }).click();
  await page.waitForURL(/\/editor\?/);
  await page.getByText('Begun with fused').waitFor(soon);
  const id = new URL(page.url()).searchParams.get('id')!;
  const expected = new ExpectedMask(savedMask(root, 'fused', id));
  const label = await firstLabelOf(page, id);
  const { map } = expected;
  const corrected = (): Buffer => Buffer.from(savedMask(root, 'corrected', id).data);
  const saved = (pixels = expected.pixels): Promise<void> =>
    expect.poll(() => hasFile(root, id) && corrected().equals(pixels), soon).toBe(true);
  const click = async (place: Spot): Promise<void> => page.mouse.click(...(await onScreen(page, place, map)));

  await page.getByRole('spinbutton', { name: 'Size' }).fill(String(BRUSH));
  await page.keyboard.press('Enter');
  await page.getByRole('application', { name: 'Canvas' }).focus();
  await page.keyboard.press('1');
  await dragOver(page, map, ...([[20, 20], [63, 24]] as Spot[]).map(middleOf)); // prettier-ignore
  await saved(expected.brush([20, 20], [63, 24], BRUSH, label).pixels);

  await page.keyboard.press('p');
  for (const corner of corners) await click(corner);
  await page.keyboard.press('Enter');
  await saved(expected.outline(corners, label).pixels);

  await page.keyboard.press('s');
  await page.keyboard.press('`');
  const [pixel, other]: Spot[] = [[30, 100], [130, 100]]; // prettier-ignore
  const taken = page.getByRole('button', { name: /^Superpixels · / });
  // A click does nothing until the photo is read.
  await expect.poll(async () => {
    if ((await taken.count()) === 0) await click(middleOf(pixel));
    return taken.count();
  }, soon).toBe(1); // prettier-ignore
  const regions = await superpixelsOf(page, LEVEL);
  await saved(expected.superpixel(regions, pixel, 255).pixels);
  const { pixels } = expected;
  await click(middleOf(other));
  await saved(expected.superpixel(regions, other, 255).pixels);
  await page.keyboard.press('Control+z');
  await saved(pixels);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.searchParams.get('id') !== id);
  expect(corrected().equals(pixels)).toBe(true);
  return { id, pixels };
}

const hasFile = (root: string, id: string): boolean =>
  readdirSync(join(root, 'masks')).includes('corrected') &&
  readdirSync(join(root, 'masks/corrected')).includes(`${id}.png`);
