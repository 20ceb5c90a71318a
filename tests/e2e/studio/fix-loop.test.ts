import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLabelMap } from '../../../electron/engine/images/index.js';
import { findRuntime } from '../../../electron/engine/learn/runtime/installed.js';
import { thisMachine } from '../../../electron/engine/learn/runtime/places.js';
import { api } from '../../../shared/api/index.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

function runtimeFound(): boolean {
  try {
    return findRuntime(thisMachine()) !== null;
  } catch {
    return false;
  }
}

describe.skipIf(!built || !chromiumFound || !runtimeFound())(
  'the loop of fixing and training again (skipped unless bundled, and where chromium or the compute runtime is absent)',
  () => {
    const folder = folderUntilEnd();
    const [photos, project, shots] = ['photos', 'scenes', 'screenshots'].map((name) => join(folder, name));
    const soon = { timeout: 30_000 };
    let studio: Studio;
    let page: Page;
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    const rounds = (): Locator => page.locator('.rounds ol li');
    const choose = async (label: string, word: string): Promise<void> => {
      await page.getByRole('combobox', { name: label, exact: true }).click();
      await page.getByRole('option', { name: word, exact: true }).click();
    };
    const start = async (name: string): Promise<void> => {
      await expect.poll(() => button(name).isEnabled(), soon).toBe(true);
      await button(name).click();
      await page.waitForURL(/job=/);
      await page.locator('.state', { hasText: 'Done' }).first().waitFor({ timeout: 120_000 });
    };

    /** A segmenter trained on what there is, its predictions of all images, and their figures: all by the page. */
    async function round(number: number): Promise<void> {
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.waitForURL(/\/runs/);
      await button('Train segmenter').click();
      await choose('segmenter', 'tiny-largefov');
      for (const [name, value] of [['iterations', '6'], ['batchSize', '2'], ['cropSize', '65']]) {
        await page.getByLabel(name, { exact: true }).fill(value);
      } // prettier-ignore
      await start('Start training');
      await button('Segment').click();
      await choose('Split', 'train');
      await start('Segment');
      await page.getByRole('link', { name: 'Results' }).click();
      await page.waitForURL(/\/results/);
      await button('New evaluation').or(button('Evaluate')).waitFor(soon);
      if (await button('New evaluation').isVisible()) await button('New evaluation').click();
      await choose('Measure', `Predictions · predictions-${number}`);
      await choose('Split', 'train');
      await button('Evaluate').click();
      await page.getByRole('button', { name: new RegExp(`predictions-predictions-${number}`) }).waitFor({ timeout: 60_000 }); // prettier-ignore
    }

    beforeAll(async () => {
      await comask('sample', photos, '--images', '16', '--classes', '3', '--size', '96x72');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      const masks = ['import', 'masks', project, '--from', join(photos, 'SegmentationClass'), '--masks', 'drawn'];
      expect(await comask(...masks)).toMatchObject({ exitCode: 0 });
      studio = await openStudio(project, shots);
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    it('begins with a segmenter that is measured: the first round', async () => {
      await round(1);
      await page.getByText('Fix masks or train again').waitFor();
    });

    it('leads from a cell of the matrix to the editor at the box, where the mask is fixed and accepted', async () => {
      await button('Confusion matrix').click();
      const matrix = page.getByRole('application', { name: 'Confusion matrix' });
      await matrix.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.getByText(/ called background: [1-9]/).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/truth=1&given=0/);
      // Only masks of images that are learnt from can make the next training better.
      const learnt = await studio.serving.client.call(api.images.ids, { params: { project: studio.serving.project }, query: { split: 'train', limit: 100 } }); // prettier-ignore
      await page.locator('.tile').first().waitFor();
      const shown = await page.locator('.tile').allTextContents();
      const first = shown.findIndex((text) => learnt.ids.some((one) => text.includes(one)));
      expect(first).toBeGreaterThanOrEqual(0);
      await page.locator('.tile').nth(first).click();
      await page.waitForURL(/results\/image\?/);
      await page.getByRole('button', { name: /Fix the mask at the largest error/ }).click();
      await page.waitForURL(/\/editor\?.*box=/);
      await page.getByText('Begun with drawn').waitFor();
      await page.waitForURL(/at=\d+/);
      const [id, box] = ['id', 'box'].map((name) => new URL(page.url()).searchParams.get(name)!);
      const [left, top, width, height] = box.split(',').map(Number);
      const photo = (await page.locator('img.photo').boundingBox())!;
      const canvas = page.getByRole('application', { name: 'Canvas' });
      const stage = (await canvas.boundingBox())!;
      const scale = photo.width / 96;
      // The box is in the middle of the canvas.
      expect(photo.x + (left + width / 2) * scale).toBeCloseTo(stage.x + stage.width / 2, 0);
      expect(photo.y + (top + height / 2) * scale).toBeCloseTo(stage.y + stage.height / 2, 0);
      await studio.shoot('fix-loop-editor');

      await page.keyboard.press('b');
      await page.keyboard.press('`');
      await canvas.click({ position: { x: stage.width / 2, y: stage.height / 2 } });
      await page.getByText(/Saved \d/).waitFor(soon);
      await page.keyboard.press('Control+Enter');
      const reviewed = () => studio.serving.client.call(api.images.get, { params: { project: studio.serving.project, id } }); // prettier-ignore
      await expect.poll(async () => (await reviewed()).review, soon).toBe('reviewed');
      const read = (set: string) => decodeLabelMap(readFileSync(join(project, 'masks', set, `${id}.png`)), set).data;
      expect(read('corrected')).not.toEqual(read('drawn'));
    });

    it('trains again on it, and the counter of rounds moves', async () => {
      await round(2);
      await page.getByRole('button', { name: /predictions-predictions-2-train/ }).click();
      await expect.poll(() => rounds().count(), soon).toBe(2);
      expect(await rounds().nth(0).textContent()).toMatch(/^1\s*Before fixing\s*0\.\d{3}$/);
      expect(await rounds().nth(1).textContent()).toMatch(/^2\s*After retraining on 1 more fixed mask\s*0\.\d{3}$/);
      await page.waitForLoadState('networkidle');
      await studio.shoot('fix-loop-rounds');
      await rounds().nth(0).getByRole('button').click();
      await page.waitForURL(/evaluation=predictions-predictions-1-train/);
    });
  },
);
