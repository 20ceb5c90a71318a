import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFound } from '../support/browser.js';
import { cliBuilt, comask } from '../support/cli.js';
import { folderUntilEnd } from '../support/folder.js';
import { openStudio, searchBoxOf, type Studio } from '../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../dist/renderer/index.html'));
const IMAGES = 60;

describe.skipIf(!built)('the studio in a browser (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const photos = join(folder, 'photos');
    let studio: Studio;
    let page: Page;
    const shoot = (name: string): Promise<void> => studio.shoot(name);

    beforeAll(async () => {
      const project = join(folder, 'scenes');
      await comask('sample', photos, '--images', String(IMAGES), '--classes', '4', '--size', '160x120');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      const masks = ['--from', join(photos, 'SegmentationClass'), '--masks', 'others'];
      expect(await comask('import', 'masks', project, ...masks)).toMatchObject({ exitCode: 0 });
      expect(await comask('saliency', project, '--saliency', 'builtin')).toMatchObject({ exitCode: 0 });
      studio = await openStudio(project, join(folder, 'screenshots'));
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    const tile = (place: number) => page.locator(`#tile-${place}`);

    it('begins with the images of the project, filters them by the address, and shows figures', async () => {
      await page.waitForURL(/\/dataset/);
      await expect.poll(() => page.locator('[role=gridcell] img').count()).toBeGreaterThan(8);
      await page.waitForLoadState('networkidle');
      await shoot('dataset');

      const firstName = () => page.locator('[role=gridcell] img').first().getAttribute('alt');
      const all = await firstName();
      await page.getByRole('complementary', { name: 'Statistics' }).getByRole('button').first().click();
      await page.waitForURL(/classes=0/);
      const found = page.locator('footer');
      await expect.poll(() => found.textContent()).not.toContain(`of ${IMAGES}`);
      await page.reload();
      await expect.poll(() => found.textContent()).toMatch(/1 of \d+/);
      expect(await found.textContent()).not.toContain(`of ${IMAGES}`);

      await page.locator('#image-search').fill('nothing of this name');
      await page.getByText('No image matches').waitFor();
      await shoot('no-match');
      await page.locator('.empty').getByRole('button', { name: 'Clear' }).click();
      await expect.poll(firstName).toBe(all);
    });

    it('selects with mouse and keys', async () => {
      await tile(1).click();
      await tile(3).click({ modifiers: ['Shift'] });
      await page.getByText('3 selected').waitFor();
      await tile(2).click({ modifiers: ['Control'] });
      await page.getByText('2 selected').waitFor();
      await page.keyboard.press('Control+a');
      await page.getByText(`${IMAGES} selected`).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      await tile(IMAGES - 1).waitFor();
      await page.keyboard.press('x');
      await page.getByText('1 selected').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Home');
    });

    it('opens an image, lays the truth over it, zooms, and comes back to where it was', async () => {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/image\?/);
      await page.locator('.picture canvas').waitFor({ state: 'visible' });
      await page.waitForLoadState('networkidle');
      await shoot('image');
      await page.keyboard.press('m');
      await page.getByRole('button', { name: 'Show Mask · others', pressed: true }).waitFor();
      await page.keyboard.press('m');
      await page.getByRole('button', { name: /^Show Saliency/, pressed: true }).waitFor();
      await expect.poll(() => page.locator('.picture canvas.heat').isVisible()).toBe(true);
      await shoot('image-saliency');
      await page.getByRole('button', { name: 'Show Ground truth' }).click();
      const scale = () => page.locator('.picture').evaluate((element: { style: { transform: string } }) => element.style.transform); // prettier-ignore
      const before = await scale();
      await page.mouse.move(600, 400);
      await page.mouse.wheel(0, -400);
      await expect.poll(scale).not.toBe(before);
      await page.mouse.move(610, 400);
      expect(await page.locator('footer').textContent()).toMatch(/x \d+, y \d+.* Ground truth: /);
      await page.keyboard.press('ArrowRight');
      await page.waitForURL(/at=2/);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(300);
      await shoot('shortcuts');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('Escape');
      await page.waitForURL(/\/dataset/);
      expect(await page.locator('footer').textContent()).toContain(`3 of ${IMAGES}`);
    });

    it('imports a dataset with two broken photos and reports them', async () => {
      const other = join(folder, 'other');
      await comask('sample', other, '--images', '30', '--classes', '3', '--size', '80x64');
      for (const name of ['0003', '0007']) writeFileSync(join(other, 'JPEGImages', `scene-${name}.jpg`), 'no photo');
      await page.keyboard.press('Control+k');
      await searchBoxOf(page).fill('new project');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/import/);
      await page.getByLabel('Folder of the dataset').fill(join(folder, 'nowhere'));
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByRole('alert').waitFor();
      await shoot('import-error');
      await page.getByLabel('Folder of the dataset').fill(other);
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('2 problems').first().waitFor();
      await shoot('import-check');
      await page.getByRole('button', { name: 'Next' }).click();
      await shoot('import-classes');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Name of the project').fill('Other scenes');
      await shoot('import-project');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('The dataset is imported.').waitFor();
      await page.getByText('2 problems').first().waitFor();
      await shoot('import-report');
      await page.getByRole('button', { name: 'Open the project' }).click();
      await page.waitForURL(/\/dataset/);
      await expect.poll(() => page.locator('footer').textContent()).toContain('of 28');
      await page.getByRole('link', { name: /Comask Studio/ }).click();
      await page.waitForURL(/\/start/);
      await shoot('start');
    });

    it('breaks no rule of the page and logs no error', () => {
      // The wrong folder above is answered with a status that the browser mentions.
      expect(studio.said.filter((text) => !/status of (404|422)/.test(text))).toEqual([]);
    });
  });
});
