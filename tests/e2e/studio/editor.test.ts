import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeLabelMap } from '../../../electron/engine/images/index.js';
import { api } from '../../../shared/api/index.js';
import type { LabelMap } from '../../../shared/types.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import {
  dragOver,
  ExpectedMask,
  firstLabelOf,
  middleOf,
  onScreen,
  projectWithMasks,
  savedMask,
  type Spot,
} from '../../support/mask-work.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

/** Its edges lie between the centres of pixels, whatever a pointer's place is rounded to. */
const corners: Spot[] = [[100, 20], [140, 20], [140, 70], [120, 70], [120, 90], [100, 90]]; // prettier-ignore

describe.skipIf(!built)('the mask editor (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const root = join(folder, 'scenes');
    let studio: Studio;
    let page: Page;
    let id: string;
    /** What the mask should be, by the same operations without a page. */
    let expected: ExpectedMask;

    const open = async (): Promise<void> => {
      studio = await openStudio(root, join(folder, 'screenshots'));
      page = studio.page;
    };
    const read = (set: string): LabelMap => savedMask(root, set, id);
    const saved = (): Promise<void> => page.getByText(/Saved \d/).waitFor({ timeout: 10_000 });
    const canvas = () => page.getByRole('application', { name: 'Canvas' });

    const drag = (...pixels: Spot[]): Promise<void> => dragOver(page, expected.map, ...pixels.map(middleOf));

    beforeAll(async () => {
      await projectWithMasks(folder, { images: 12 });
      await open();
    });
    afterAll(async () => await studio?.close());

    it('opens from the image, with the pseudo-mask, the classes and the images around it', async () => {
      await page.locator('#tile-1').dblclick();
      await page.waitForURL(/\/image\?/);
      await page.keyboard.press('b');
      await page.waitForURL(/\/editor\?/);
      id = new URL(page.url()).searchParams.get('id')!;
      expected = new ExpectedMask(read('others'));
      await page.getByText('Begun with others').waitFor();
      await page.waitForLoadState('networkidle');
      await canvas().hover();
      await expect.poll(() => page.locator('footer').textContent()).toMatch(/x \d+, y \d+/);
      await studio.shoot('editor');
    });

    it('paints, undoes and redoes, and saves to the pixel what the same strokes make without a page', async () => {
      await page.getByRole('spinbutton', { name: 'Size' }).fill('9');
      await page.keyboard.press('Enter');
      await canvas().click({ position: { x: 4, y: 4 } });
      await page.keyboard.press('1');
      const label = await firstLabelOf(page, id);
      await drag([20, 20], [80, 40]);
      await saved();
      const before = read('corrected');
      await drag([30, 60], [90, 90]);
      await page.keyboard.press('Control+z');
      await expect.poll(() => page.getByText(/Saved \d/).count()).toBe(1);
      await expect.poll(() => read('corrected').data).toEqual(before.data);
      expect(read('corrected').data).not.toEqual(expected.pixels);

      await page.keyboard.press('p');
      for (const corner of corners) await page.mouse.click(...(await onScreen(page, corner, expected.map)));
      await studio.shoot('editor-polygon');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+s');
      await saved();

      expected.brush([20, 20], [80, 40], 9, label).outline(corners, label);
      expect(read('corrected').data).toEqual(expected.pixels);
    });

    it('keeps history and work over other images and a restart of everything', async () => {
      const mine = read('corrected').data;
      await page.keyboard.press('ArrowRight');
      await page.waitForURL((url) => url.searchParams.get('id') !== id);
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL((url) => url.searchParams.get('id') === id);
      await page.getByText('Begun with the mask made by hand').waitFor();
      await page.getByRole('button', { name: /^Outline added/ }).waitFor();
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+Shift+z');
      await saved();
      expect(read('corrected').data).toEqual(mine);
      const address = page.url().replace(studio.serving.origin, '');
      await studio.close();
      await open();
      await page.goto(studio.serving.origin + address);
      await page.getByText('Begun with the mask made by hand').waitFor();
      expect(read('corrected').data).toEqual(mine);
    });

    it('shows what cannot be saved, keeps it over a reload, and saves it then', async () => {
      const there = read('corrected').data;
      const unreachable = '**/masks/corrected';
      await page.route(unreachable, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
      await canvas().click({ position: { x: 4, y: 4 } });
      await page.keyboard.press('b');
      await drag([10, 110], [40, 110]);
      await page.getByText('Not saved; trying again').waitFor();
      await studio.shoot('editor-not-saved');
      expect(read('corrected').data).toEqual(there);
      await page.unroute(unreachable);
      page.once('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await page.getByText('Strokes that had not been saved were brought back.').waitFor();
      await saved();
      expect(read('corrected').data[110 * 160 + 20]).toBe(await firstLabelOf(page, id));
    });

    it('asks where another window has saved, and merges what both did', async () => {
      const theirs = read('corrected');
      theirs.data.fill(255, 0, 160 * 4);
      writeFileSync(join(root, 'masks/corrected', `${id}.png`), encodeLabelMap(theirs));
      await canvas().click({ position: { x: 4, y: 4 } });
      await page.keyboard.press('b');
      await drag([60, 100], [70, 100]);
      await page.getByRole('button', { name: 'Merge both' }).waitFor();
      await studio.shoot('editor-conflict');
      expect(read('corrected').data).toEqual(theirs.data);
      await page.getByRole('button', { name: 'Merge both' }).click();
      await saved();
      const merged = read('corrected');
      expect(merged.data.subarray(0, 160 * 4)).toEqual(theirs.data.subarray(0, 160 * 4));
      expect(merged.data[100 * 160 + 65]).toBe(await firstLabelOf(page, id));
    });

    it('says why a mask cannot be opened, and begins with an empty one', async () => {
      writeFileSync(join(root, 'masks/corrected', `${id}.png`), '');
      await page.reload();
      await page.getByText('A file is damaged').waitFor();
      await page.getByRole('button', { name: 'Begin with an empty mask' }).click();
      await page.getByText('Begun with an empty mask').waitFor();
      await page.getByRole('button', { name: 'Reset to it' }).click();
      await page.getByText('Begun with others').waitFor();
      expect(existsSync(join(root, 'masks/corrected', `${id}.png`))).toBe(false);
    });

    it('accepts a mask as it is and goes on', async () => {
      await page.keyboard.press('Control+Enter');
      await page.waitForURL((url) => url.searchParams.get('id') !== id);
      expect(read('corrected').data).toEqual(read('others').data);
      const params = { project: studio.serving.project, id };
      expect(await studio.serving.client.call(api.images.get, { params })).toMatchObject({ review: 'reviewed' });
      // A conflict and a damaged file were asked for above.
      expect(studio.said.filter((words) => !words.startsWith('Failed to load resource'))).toEqual([]);
    });
  });
});
