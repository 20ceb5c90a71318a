import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuntime } from '../../../electron/engine/learn/runtime/installed.js';
import { thisMachine } from '../../../electron/engine/learn/runtime/places.js';
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
  'a segmenter on the Runs screen (skipped unless bundled, and where chromium or the compute runtime is absent)',
  () => {
    const folder = folderUntilEnd();
    const [photos, project, shots] = ['photos', 'scenes', 'screenshots'].map((name) => join(folder, name));
    let studio: Studio;
    let page: Page;
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    const choose = async (label: string, word: string): Promise<void> => {
      await page.getByRole('combobox', { name: label, exact: true }).click();
      await page.getByRole('option', { name: word, exact: true }).click();
    };
    const done = (): Promise<void> => page.locator('.state', { hasText: 'Done' }).first().waitFor({ timeout: 120_000 });
    const start = async (name: string): Promise<void> => {
      await expect.poll(() => button(name).isEnabled(), { timeout: 20_000 }).toBe(true);
      await button(name).click();
      await page.waitForURL(/job=/);
    };

    beforeAll(async () => {
      await comask('sample', photos, '--images', '16', '--classes', '3', '--size', '96x72');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      const masks = ['import', 'masks', project, '--from', join(photos, 'SegmentationClass'), '--masks', 'drawn'];
      expect(await comask(...masks)).toMatchObject({ exitCode: 0 });
      studio = await openStudio(project, shots);
      page = studio.page;
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.waitForURL(/\/runs/);
    });
    afterAll(async () => await studio?.close());

    it('is trained through the form, which says what is missing, with its curve in view', async () => {
      await button('Train segmenter').click();
      await page.getByText('starts from trained weights').waitFor();
      await studio.shoot('segment-form-problem');
      await choose('segmenter', 'tiny-largefov');
      for (const [name, value] of [
        ['iterations', '12'],
        ['batchSize', '2'],
        ['cropSize', '65'],
      ]) {
        await page.getByLabel(name, { exact: true }).fill(value);
      }
      await page.getByText('Every image has its mask').waitFor();
      await studio.shoot('segment-form');
      await start('Start training');
      await done();
      await page.locator('.chart canvas').first().waitFor();
      await expect.poll(() => page.getByRole('log').textContent(), { timeout: 20_000 }).toContain('step 12: total');
      await page.getByText('12 / 12').waitFor();
      expect(await page.getByRole('log').textContent()).toContain('measured after step 12: mIoU');
      await page
        .getByRole('region', { name: 'Validation' })
        .getByText(/^best 0\.\d+, after step 12$/)
        .waitFor();
      await studio.shoot('segment-run');
    });

    it('segments the photos, and its predictions are measured', async () => {
      await button('Segment').click();
      await choose('Split', 'val');
      await start('Segment');
      await done();
      const made = join(project, 'predictions/predictions-1');
      expect(readdirSync(made).filter((name) => name.endsWith('.png')).length).toBeGreaterThan(0);
      const evaluated = await comask('--json', 'evaluate', project, '--predictions', 'predictions-1', '--split', 'val');
      expect(JSON.parse(evaluated.stdout)).toMatchObject({ kind: 'predictions', failures: [] });
    });

    it('has its predictions over the photo as a layer', async () => {
      const [file] = readdirSync(join(project, 'predictions/predictions-1')).filter((name) => name.endsWith('.png'));
      const key = new URL(page.url()).pathname.split('/').at(-2)!;
      const answered = page.waitForResponse((response) => response.url().includes('/predictions/predictions-1'));
      await page.goto(
        `${studio.serving.origin}/projects/${key}/image?id=${encodeURIComponent(file.slice(0, -4))}&at=0`,
      );
      const shown = page.getByRole('button', { name: 'Show Prediction · predictions-1', exact: true });
      if ((await shown.getAttribute('aria-pressed')) !== 'true') await shown.click();
      expect((await answered).status()).toBe(200);
      await studio.shoot('segment-prediction');
    });
  },
);
