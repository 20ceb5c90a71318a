import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLabelMap } from '../../../electron/engine/images/index.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask, startComaskIn, type Ended } from '../../support/cli.js';
import { SIDE, clickPair, expectedMask } from '../../support/click-pair.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const SIZE = { width: SIDE, height: 48 };
const bright = (x: number): boolean => x < 40;

describe.skipIf(!built)('segmenting by clicks (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const root = join(folder, 'project');
    const home = { COMASK_HOME: join(folder, 'home') };
    const pair = clickPair(join(folder, 'models'));
    let studio: Studio;
    let page: Page;

    beforeAll(async () => {
      mkdirSync(join(folder, 'photos', 'thing'), { recursive: true });
      const pixels = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, i) => (bright(Math.floor(i / 3) % SIZE.width) ? 250 : 5)); // prettier-ignore
      await sharp(pixels, { raw: { ...SIZE, channels: 3 } })
        .png()
        .toFile(join(folder, 'photos', 'thing', 'a.png'));
      expect(await comask('new', root, '--dataset', join(folder, 'photos'))).toMatchObject({ exitCode: 0 });
      studio = await openStudio(root, join(folder, 'screenshots'), home);
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    const mine = (...args: string[]): Promise<Ended> => startComaskIn(home, ...args).ended;
    const field = (name: string) => page.getByLabel(name, { exact: true });
    async function click(x: number, y: number, button: 'left' | 'right' = 'left'): Promise<void> {
      const box = (await page.locator('img.photo').boundingBox())!;
      await page.mouse.click(box.x + (x * box.width) / SIZE.width, box.y + (y * box.height) / SIZE.height, { button });
    }
    const corrected = (): Uint8Array =>
      decodeLabelMap(readFileSync(join(root, 'masks/corrected/thing/a.png')), 'a').data;

    it('asks for a model, and says what is wrong with files that do not fit', async () => {
      await page.getByRole('link', { name: 'Masks' }).click();
      await page.getByText('Begun with an empty mask').waitFor();
      await page.keyboard.press('q');
      await page.getByText('A model of the SAM family answers clicks').waitFor();
      await click(30, 20);
      await page.getByText('There is no model for clicks yet').waitFor();
      await field('Name').fill('small');
      await field('Encoder').fill(pair.decoder);
      await field('Decoder').fill(pair.encoder);
      await page.getByRole('button', { name: 'Import a model' }).click();
      await page.getByRole('alert').getByText(pair.decoder).waitFor();
      await page.getByRole('alert').getByText('The two files are the wrong way round').waitFor();
      await studio.shoot('click-import');
    });

    it('imports a pair, and shows what it finds at clicks, which Enter takes to the pixel', async () => {
      await field('Encoder').fill(pair.encoder);
      await field('Decoder').fill(pair.decoder);
      await page.getByRole('button', { name: 'Import a model' }).click();
      await page.getByText('small answers clicks from now on').waitFor();
      // Quarters of pixels, which every zoom can tell apart from their edges.
      const points = [{ x: 30.5, y: 20.5, positive: true }, { x: 22.5, y: 12.5, positive: false }]; // prettier-ignore
      const answered = () => page.waitForResponse((response) => response.url().endsWith('/clicks') && response.ok());
      for (const { x, y, positive } of points) {
        const answer = answered();
        await click(x, y, positive ? 'left' : 'right');
        await answer;
      }
      await studio.shoot('click-answer');
      expect(existsSync(join(root, 'masks/corrected/thing/a.png'))).toBe(false);
      await page.getByRole('application', { name: 'Canvas' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText(/Saved \d/).waitFor();
      const expected = expectedMask(SIZE, bright, points);
      expect(expected.some(Boolean)).toBe(true);
      expect(corrected()).toEqual(expected);
      await page.keyboard.press('Control+z');
      await expect.poll(() => corrected().some(Boolean), { timeout: 10_000 }).toBe(false);
    });

    it('is known to the command line as well, which forgets it', async () => {
      const listed = await mine('--json', 'click', 'list');
      expect(JSON.parse(listed.stdout)).toEqual([{ name: 'small', ...pair }]);
      expect(await mine('click', 'remove', 'small')).toMatchObject({ exitCode: 0 });
      const added = await mine(
        '--json',
        'click',
        'import',
        'other',
        '--encoder',
        pair.encoder,
        '--decoder',
        pair.decoder,
      );
      expect(JSON.parse(added.stdout)).toMatchObject({ name: 'other', family: 'sam', side: SIDE });
    });
  });
});
