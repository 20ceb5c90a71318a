import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, searchBoxOf, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

describe.skipIf(!built)('the start of the studio (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const home = folderUntilEnd();
    let studio: Studio;
    let page: Page;
    const shoot = (name: string): Promise<void> => studio.shoot(name);

    beforeAll(async () => {
      studio = await openStudio(undefined, join(home, 'screenshots'), { HOME: home });
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    it('is one click away from a sample with maps, masks and results', async () => {
      await page.waitForURL(/\/start/);
      await shoot('start-empty');
      await page.getByRole('button', { name: 'Open the sample' }).click();
      await page.getByRole('progressbar', { name: 'Making the sample' }).waitFor();
      await page.screenshot({
        path: join(process.env.COMASK_SCREENSHOTS ?? join(home, 'screenshots'), 'start-filling.png'),
      });
      // Seconds on a machine that has nothing else to do.
      await page.waitForURL(/\/dataset/, { timeout: 180_000 });
      await expect.poll(() => page.locator('footer').textContent()).toContain('of 40');
      await page.locator('#tile-0 img').waitFor();
      await page.waitForLoadState('networkidle');
      await shoot('sample-dataset');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/image\?/);
      for (const layer of ['Mask · fused', 'Saliency · builtin']) {
        await page.getByRole('button', { name: new RegExp(`(Show|Hide) ${layer}`) }).first().waitFor(); // prettier-ignore
      }
      await page.locator('.picture canvas').first().waitFor({ state: 'visible' });
      await shoot('sample-image');

      // The second time it is there at once.
      await page.getByRole('link', { name: /Comask Studio/ }).click();
      await page.waitForURL(/\/start/);
      await page.keyboard.press('Control+k');
      await searchBoxOf(page).fill('sample');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/dataset/);
    });

    it('keeps the list of an import as CSV, and tries again what failed', async () => {
      const photos = join(home, 'photos');
      await comask('sample', photos, '--images', '30', '--classes', '3', '--size', '80x64');
      const broken = ['0003', '0007', '0011', '0019', '0023'].map((n) => join(photos, 'JPEGImages', `scene-${n}.jpg`));
      const whole = readFileSync(broken[0]);
      for (const file of broken) writeFileSync(file, 'no photo');
      await page.goto(`${studio.serving.origin}/import`);
      await page.getByLabel('Folder of the dataset').fill(photos);
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('5 problems').first().waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Folder of the project').fill(join(home, 'scenes'));
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('The dataset is imported.').waitFor();
      await page.getByPlaceholder('Filter by file or reason').fill('0007');
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
      await shoot('report');
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as CSV' }).click();
      const saved = await (await saving).path();
      expect(readFileSync(saved, 'utf8')).toMatch(/^file,id,code,reason,action\r\n[^\r]*scene-0007\.jpg[^\r]*\r\n$/);
      expect(readFileSync(join(home, 'scenes/import-report.csv'), 'utf8').trim().split('\r\n')).toHaveLength(6);

      for (const file of broken.slice(1)) writeFileSync(file, whole);
      await page.getByRole('button', { name: 'Try the failed files again' }).click();
      await page.getByText('1 problem', { exact: true }).waitFor();
      writeFileSync(broken[0], whole);
      await page.getByRole('button', { name: 'Try the failed files again' }).click();
      await page.getByText('No problems found.').waitFor();
      await shoot('report-mended');
    });

    it('renames, joins and leaves out classes before an import', async () => {
      await page.goto(`${studio.serving.origin}/import`);
      await page.getByLabel('Folder of the dataset').fill(join(home, 'nowhere'));
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByRole('alert').waitFor();
      await shoot('import-error');
      // The browser logs an answer that is no success.
      expect(studio.said.splice(0)).toEqual([expect.stringContaining('404')]);
      await page.getByLabel('Folder of the dataset').fill(join(home, 'photos'));
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('Nothing has been written yet').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      const names = page.getByRole('textbox', { name: /^Name of .* in the project$/ });
      const first = await names.first().inputValue();
      await names.nth(1).fill(' ');
      await page.getByText('A name is blank').waitFor();
      expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
      await names.nth(1).fill(first);
      await page.getByText(`Joined with ${first}`).waitFor();
      await page.getByRole('checkbox', { name: /^Import the class/ }).nth(2).uncheck(); // prettier-ignore
      await page.getByText('Left out', { exact: true }).waitFor();
      await shoot('import-classes');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Folder of the project').fill(join(home, 'joined'));
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('The dataset is imported.').waitFor();
      const config = JSON.parse(readFileSync(join(home, 'joined/project.json'), 'utf8')) as { classes: string[]; datasets: { classes: { as: string }[] }[] }; // prettier-ignore
      expect(config.classes).toEqual([first]);
      expect(config.datasets[0].classes.map(({ as }) => as)).toEqual([first, first, '']);
    });

    it('says which recent project is gone, and takes it off the list', async () => {
      const there = join(home, 'there');
      expect(await comask('new', there, '--dataset', join(home, 'photos'))).toMatchObject({ exitCode: 0 });
      const recent = [{ root: there, name: 'There' }, { root: join(home, 'gone'), name: 'Birds' }]; // prettier-ignore
      await page.evaluate(`localStorage.setItem('comask.recent', '${JSON.stringify(recent)}')`);
      await page.goto(`${studio.serving.origin}/start`);
      await page.getByText('Not found').waitFor();
      expect(await page.getByText('Not found').count()).toBe(1);
      await shoot('start-recent');
      await page.getByRole('button', { name: 'Remove Birds from the list' }).click();
      await page.getByText('Not found').waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('button', { name: /^There/ }).click();
      await page.waitForURL(/\/dataset/);
    });

    it('breaks no rule of the page and logs no error', () => {
      expect(studio.said).toEqual([]);
    });
  });
});
