import { existsSync, mkdirSync, copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const IMAGES = 40;

describe.skipIf(!built)('the dataset in the studio (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const project = join(folder, 'scenes');
    let studio: Studio;
    let page: Page;
    const footer = () => page.locator('footer').textContent();
    const query = () => page.locator('#image-search');
    const tile = (place: number) => page.locator(`#tile-${place}`);
    const said = (text: string | RegExp) => page.locator('.word', { hasText: text }).waitFor();

    beforeAll(async () => {
      const photos = join(folder, 'photos');
      await comask('sample', photos, '--images', String(IMAGES), '--classes', '4', '--size', '160x120');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      const masks = join(photos, 'SegmentationClass');
      expect(await comask('import', 'masks', project, '--from', masks, '--masks', 'others')).toMatchObject({
        exitCode: 0,
      });
      expect(await comask('evaluate', project, '--masks', 'others')).toMatchObject({ exitCode: 0 });
      mkdirSync(join(project, 'masks/corrected'), { recursive: true });
      copyFileSync(join(masks, 'scene-0001.png'), join(project, 'masks/corrected/scene-0001.png'));
      studio = await openStudio(project, join(folder, 'screenshots'));
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    it('edits labels, tags and review of what is selected by keys, and takes it back', async () => {
      await page.waitForURL(/\/dataset/);
      await tile(3).waitFor();
      await tile(0).click();
      await tile(2).click({ modifiers: ['Shift'] });
      await page.getByText('3 selected').waitFor();
      await page.keyboard.press('r');
      await said('Reviewed: 3 images');
      await expect.poll(() => page.locator('[role=gridcell] [aria-label=Reviewed]').count()).toBe(3);
      await page.keyboard.press('t');
      await page.keyboard.type('blurry edges');
      await page.keyboard.press('Enter');
      await said('tagged blurry edges: 3 images');
      await tile(0).getByText('blurry edges').waitFor();
      await page.keyboard.press('l');
      await page.getByRole('combobox', { name: 'Add or remove a class' }).waitFor();
      await studio.shoot('dataset-find-class');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+a');
      await page.keyboard.press('1');
      await said(/added: \d+ images/);
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await said(/Undone: /);
      await page.keyboard.press('Control+Shift+Z');
      await said(/Done again: /);
      await page.keyboard.press('Control+z');
      await said(/Undone: /);
      await page.keyboard.press('Escape');
      await tile(3).click();
      await page.keyboard.press('Shift+R');
      await expect.poll(() => page.locator('[role=gridcell] [aria-label="Needs work"]').count()).toBe(1);
      await page.waitForLoadState('networkidle');
      await studio.shoot('dataset-edited');
      await page.keyboard.press('Escape');
    });

    it('is narrowed by a query, which the panel of filters shares', async () => {
      await query().fill('review:reviewed tag:"blurry edges"');
      await expect.poll(footer).toContain('of 3');
      await page.getByRole('button', { name: 'Take away review:reviewed' }).click();
      await expect.poll(() => query().inputValue()).toBe('tag:"blurry edges"');
      await page.getByRole('button', { name: 'Without', exact: true }).last().click();
      await expect.poll(() => query().inputValue()).toContain('-has:truth');
      await query().fill('class:unicorn split:train');
      await page.getByText('there is no class “unicorn”').waitFor();
      await studio.shoot('dataset-query-error');
      await query().fill('');
      await expect.poll(footer).toContain(`of ${IMAGES}`);
    });

    it('is sorted by a score with the value on the tile, and narrowed by its histogram', async () => {
      await page.getByRole('combobox', { name: 'Sort by' }).click();
      await page.getByRole('option', { name: /^Number of labels/ }).click();
      await page.waitForURL(/sort=labels/);
      const bars = page.getByRole('img', { name: 'Histogram of Number of labels' });
      await bars.scrollIntoViewIfNeeded();
      const box = (await bars.boundingBox())!;
      await page.mouse.move(box.x + box.width - 3, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 6, box.y + 22);
      await page.mouse.up();
      await expect.poll(() => query().inputValue()).toMatch(/^score\.labels>=\d$/);
      await expect.poll(footer).not.toContain(`of ${IMAGES}`);
      await page.getByRole('textbox', { name: 'Number of labels: at least' }).fill('1');
      await page.keyboard.press('Tab');
      await expect.poll(() => query().inputValue()).toBe('score.labels>=1');
      await query().fill('score.miou/masks-others>=0.5');
      await expect.poll(footer).toContain(`of ${IMAGES}`);
      await page.waitForLoadState('networkidle');
      await studio.shoot('dataset-score');
    });

    it('keeps a view by name and begins with it', async () => {
      await page.getByRole('combobox', { name: 'Sort by' }).click();
      await page.getByRole('option', { name: 'Name' }).click();
      await query().fill('review:unreviewed');
      await expect.poll(footer).toContain(`of ${IMAGES - 4}`);
      await page.getByRole('button', { name: 'Saved views' }).click();
      await page.getByRole('textbox', { name: 'Name of this view' }).fill('To do');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Begin with To do' }).click();
      await page.getByRole('button', { name: 'Begin with To do', pressed: true }).waitFor();
      await studio.shoot('dataset-views');
      await page.keyboard.press('Escape');
      await page.goto(studio.serving.origin);
      await expect.poll(() => query().inputValue()).toBe('review:unreviewed');
      await expect.poll(footer).toContain(`of ${IMAGES - 4}`);
    });

    it('jumps to a number, and in the image walks what is not reviewed', async () => {
      await page.locator('[role=grid]').focus();
      await page.keyboard.press('g');
      await page.keyboard.type('12');
      await page.keyboard.press('Enter');
      await expect.poll(footer).toContain('12 of');
      await page.keyboard.press('Home');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/image\?.*id=scene-0005/);
      await page.locator('.editing').waitFor();
      await page.keyboard.press('2');
      await said(/(added|removed): 1 image/);
      await page.keyboard.press('r');
      await page.getByRole('button', { name: 'Reviewed', pressed: true }).waitFor();
      await page.waitForLoadState('networkidle');
      await studio.shoot('image-editing');
      await page.keyboard.press('Control+ArrowRight');
      await page.waitForURL(/id=scene-0006/);
      await page.keyboard.press('Control+ArrowLeft');
      await said('No other image is left to review');
      await page.keyboard.press('Escape');
      await page.waitForURL(/\/dataset/);
    });

    it('lays a mask made by hand over the photo under the pointer', async () => {
      await query().fill('has:mask/corrected');
      await expect.poll(footer).toContain('1 of 1');
      await tile(0).hover();
      await tile(0).locator('canvas').waitFor({ state: 'visible' });
    });

    it('breaks no rule of the page and logs no error', () => expect(studio.said).toEqual([]));
  });
});
