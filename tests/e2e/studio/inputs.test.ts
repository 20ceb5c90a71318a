import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { ExpectedMask, middleOf, onScreen, projectWithMasks, savedMask, type Spot } from '../../support/mask-work.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const SIZE = 9;
const IGNORED = 255;

describe.skipIf(!built)(
  'fingers, pens and sharp screens in the mask editor (skipped unless bundled: npm run build)',
  () => {
    describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
      const folder = folderUntilEnd();
      const root = join(folder, 'scenes');
      let studio: Studio;
      let page: Page;
      let cdp: CDPSession;
      let address: string;
      let id: string;
      /** What the mask should be, by the same strokes without a page. */
      let expected: ExpectedMask;

      const saved = (): Promise<void> =>
      expect.poll(() => existsSync(join(root, 'masks/corrected', `${id}.png`)) && Buffer.from(savedMask(root, 'corrected', id).data).equals(expected.pixels), { timeout: 10_000 }).toBe(true); // prettier-ignore
      const boxOf = async () => (await page.locator('img.photo').boundingBox())!;
      /** The middle of a pixel on the screen. */
      async function on(pixel: Spot): Promise<{ x: number; y: number }> {
        const [x, y] = await onScreen(page, middleOf(pixel), expected.map);
        return { x, y };
      }
      const touch = (
        type: 'touchStart' | 'touchMove' | 'touchEnd',
        touchPoints: { x: number; y: number; id: number }[],
      ) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
      async function pen(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: Spot, buttons = 1): Promise<void> {
        const place = await on(at);
        await cdp.send('Input.dispatchMouseEvent', { type, ...place, pointerType: 'pen', button: type === 'mouseMoved' ? 'none' : 'left', buttons, clickCount: 1 }); // prettier-ignore
      }

      beforeAll(async () => {
        await projectWithMasks(folder, { images: 4, classes: 2 });
        studio = await openStudio(root, join(folder, 'screenshots'));
        page = studio.page;
        cdp = await page.context().newCDPSession(page);
        await page.getByRole('link', { name: 'Masks' }).click();
        await page.getByText('Begun with others').waitFor();
        address = page.url();
        id = new URL(page.url()).searchParams.get('id')!;
        expected = new ExpectedMask(savedMask(root, 'others', id));
        await page.getByRole('spinbutton', { name: 'Size' }).fill(String(SIZE));
        await page.keyboard.press('Enter');
        await page.getByRole('application', { name: 'Canvas' }).focus();
        await page.keyboard.press('`');
      });
      afterAll(async () => await studio?.close());

      it('paint with one finger', async () => {
        const [from, to]: Spot[] = [[20, 20], [60, 30]]; // prettier-ignore
        await touch('touchStart', [{ ...(await on(from)), id: 1 }]);
        await touch('touchMove', [{ ...(await on(to)), id: 1 }]);
        await touch('touchEnd', []);
        expected.brush(from, to, SIZE, IGNORED);
        await saved();
      });

      it('zoom with two, and give up the stroke that the first began', async () => {
        const before = await boxOf();
        const [first, second] = [await on([40, 60]), await on([80, 60])];
        await touch('touchStart', [{ ...first, id: 1 }]);
        await touch('touchMove', [{ x: first.x + 6, y: first.y, id: 1 }]);
        await touch('touchStart', [{ x: first.x + 6, y: first.y, id: 1 }, { ...second, id: 2 }]); // prettier-ignore
        await touch('touchMove', [{ x: first.x + 6, y: first.y, id: 1 }, { x: second.x + (second.x - first.x - 6), y: second.y, id: 2 }]); // prettier-ignore
        await touch('touchEnd', []);
        await expect.poll(async () => (await boxOf()).width / before.width, { timeout: 10_000 }).toBeCloseTo(2, 1);
        await page.keyboard.press('Control+0');
        await expect.poll(async () => (await boxOf()).width, { timeout: 10_000 }).toBeCloseTo(before.width, 1);
        await page.keyboard.press('Control+s');
        await saved();
      });

      it('paint with a pen', async () => {
        const [from, to]: Spot[] = [[30, 90], [90, 100]]; // prettier-ignore
        await pen('mousePressed', from);
        await pen('mouseMoved', to);
        await pen('mouseReleased', to, 0);
        expected.brush(from, to, SIZE, IGNORED);
        await saved();
      });

      it('paint the same pixels where each takes four of the screen, with a cursor of true size', async () => {
        const before = await boxOf();
        const { context, browser } = { context: page.context(), browser: page.context().browser()! };
        page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2, reducedMotion: 'reduce', storageState: await context.storageState() }); // prettier-ignore
        page.on('pageerror', (error) => studio.said.push(String(error)));
        await page.goto(address);
        await page.locator('img.photo').waitFor();
        const sharp = () => page.locator('canvas.layer').first().evaluate((canvas: any) => canvas.width / canvas.clientWidth); // prettier-ignore
        await expect.poll(sharp, { timeout: 10_000 }).toBeCloseTo(2, 1);
        await expect.poll(async () => (await boxOf()).width, { timeout: 10_000 }).toBeCloseTo(before.width, 0);
        await page.getByRole('spinbutton', { name: 'Size' }).fill(String(SIZE));
        await page.keyboard.press('Enter');
        await page.getByRole('application', { name: 'Canvas' }).focus();
        await page.keyboard.press('`');
        const [from, to]: Spot[] = [[100, 30], [130, 50]]; // prettier-ignore
        await page.mouse.move((await on(from)).x, (await on(from)).y);
        // The cursor is a circle of as many pixels as the brush, each as large as those of the photo.
        const across = await page
          .locator('canvas.layer')
          .last()
          .evaluate((canvas: any) => {
            const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let [left, right] = [width, 0];
            for (let i = 0; i < width * height; i++) if (data[i * 4 + 3] > 200 && data[i * 4] > 200) [left, right] = [Math.min(left, i % width), Math.max(right, i % width)]; // prettier-ignore
            return (right - left) / 2;
          });
        expect(across / ((SIZE * before.width) / expected.map.width)).toBeCloseTo(1, 1);
        await page.mouse.down();
        await page.mouse.move((await on(to)).x, (await on(to)).y);
        await page.mouse.up();
        expected.brush(from, to, SIZE, IGNORED);
        await saved();
        expect(studio.said).toEqual([]);
      });
    });
  },
);
