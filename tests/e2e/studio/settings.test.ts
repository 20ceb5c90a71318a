import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt } from '../../support/cli.js';
import { put } from '../../support/dataset.js';
import { folderUntilEnd } from '../../support/folder.js';
import { smallProject } from '../../support/project.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

describe.skipIf(!built || !chromiumFound)(
  'settings in chromium (skipped unless bundled, and where it is absent)',
  () => {
    const folder = folderUntilEnd();
    const home = join(folder, 'home');
    const { COMASK_HOME } = process.env;
    let studio: Studio;
    let page: Page;

    beforeAll(async () => {
      // A machine of its own, for its settings and caches are changed.
      process.env.COMASK_HOME = home;
      put(join(home, 'thumbnails'), 'old.webp', 'x'.repeat(2e6));
      put(join(home, 'weights'), 'u2netp.onnx', 'as it was fetched');
      studio = await openStudio(smallProject(folder, 6), join(folder, 'screenshots'));
      page = studio.page;
      await page.waitForURL(/\/dataset/);
    });
    afterAll(async () => {
      if (COMASK_HOME === undefined) delete process.env.COMASK_HOME;
      else process.env.COMASK_HOME = COMASK_HOME;
      await studio?.close();
    });

    const row = (name: string | RegExp) => page.getByRole('listitem').filter({ hasText: name });

    it('are a key away on every screen, and switch language and theme at once', async () => {
      await page.keyboard.press('Control+,');
      await page.waitForURL(/\/settings/);
      await page.getByRole('heading', { name: 'Appearance' }).waitFor();
      await studio.shoot('settings-look');
      await page.getByRole('button', { name: '简体中文' }).click();
      await page.getByRole('heading', { name: '外观' }).waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('button', { name: 'Dark' }).click();
      await page.locator('html.dark').waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'As the System' }).click();
    });

    it('change a key by keyboard alone, show who has it, and restore it', async () => {
      await page.getByRole('link', { name: 'Keys', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
      await studio.shoot('settings-keys');

      await page.getByRole('button', { name: 'Next layer: change M' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: /Press the keys for Next layer/ }).waitFor();
      await page.keyboard.press('v');
      await page.getByText('Hide layers (hold to peek) has this key (Image) and would lose it.').waitFor();
      await studio.shoot('settings-keys-conflict');
      await page.keyboard.press('j');
      await page.getByText('This key is free.').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await row('Next layer').getByText('J', { exact: true }).waitFor();
      // The first is that of one image; the mask editor has its own.
      expect(await row('Hide layers').first().textContent()).toContain('V');

      await page.getByRole('button', { name: 'Previous Image: add a key' }).click();
      await page.keyboard.press('x');
      await page.getByText('This key is free.').waitFor();
      await page.keyboard.press('j');
      await page.getByRole('button', { name: 'Take it over' }).click();
      expect(await row('Next layer').textContent()).not.toContain('J');
      expect(await row(/^Previous Image(?! not)/).textContent()).toContain('J');

      await page.getByRole('heading', { name: 'Keys', exact: true }).click();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(300);
      await studio.shoot('palette');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.reload();
      expect(await row(/^Previous Image(?! not)/).textContent()).toContain('J');
      await page.getByRole('button', { name: 'Restore the keys of Next layer' }).click();
      await row('Next layer').getByText('M', { exact: true }).waitFor();

      await page.getByRole('button', { name: 'Keys: add a key' }).click();
      await page.keyboard.press('F1');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('heading', { name: 'Keys', exact: true }).click();
      await page.keyboard.press('F1');
      await page.getByRole('dialog').getByText('F1', { exact: true }).waitFor();
      await page.waitForTimeout(300);
      await studio.shoot('keys-sheet');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Restore all' }).click();
      expect(await row(/^Previous Image(?! not)/).textContent()).not.toContain('J');
    });

    it('say what the machine has to compute with, and change the device', async () => {
      await page.getByRole('link', { name: 'Device and runtime' }).click();
      await page.getByRole('button', { name: 'Install: Processor (CPU)' }).waitFor();
      await page.getByRole('radio', { name: 'Processor (CPU)' }).check();
      await expect.poll(() => existsSync(join(home, 'settings.json'))).toBe(true);
      await page.getByRole('button', { name: 'Check now' }).click();
      await page.getByText('no compute runtime is installed').waitFor();
      expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toMatchObject({ device: 'cpu' });
      await studio.shoot('settings-device');
    });

    it('say which weights can be had by name, and which are there', async () => {
      await page.getByRole('link', { name: 'Weights' }).click();
      await page.getByRole('button', { name: 'Download: vgg16', exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Download: u2netp', exact: true }).count()).toBe(0);
      await page.getByText('Downloaded', { exact: true }).waitFor();
      await studio.shoot('settings-weights');
    });

    it('say what the caches take up, bound them and empty them', async () => {
      await page.getByRole('link', { name: 'Cache' }).click();
      await page.getByText(/^2 MB in use by \d files$/).waitFor();
      await studio.shoot('settings-cache');
      const bound = page.getByLabel('At most').first();
      await bound.fill('2');
      await bound.press('Tab');
      await expect
        .poll(() => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).thumbnailBytes)
        .toBe(2 ** 31);
      await page.getByRole('button', { name: 'Clear: Thumbnails' }).click();
      await page.getByText('2 MB freed').waitFor();
      expect(existsSync(join(home, 'thumbnails/old.webp'))).toBe(false);
      await page.getByRole('link', { name: 'Dataset' }).click();
      await page.waitForURL(/\/dataset/);
      expect(studio.said).toEqual([]);
    });
  },
);
