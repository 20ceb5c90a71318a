import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLabelMap } from '../../../electron/engine/images/index.js';
import { Edit } from '../../../shared/label-map/edit.js';
import { free, rulesFor } from '../../../shared/label-map/rules.js';
import { stroke } from '../../../shared/label-map/stroke.js';
import { tipOf } from '../../../shared/label-map/tip.js';
import type { LabelMap } from '../../../shared/types.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
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
      let expected: LabelMap;

      const read = (set: string): LabelMap => decodeLabelMap(readFileSync(join(root, 'masks', set, `${id}.png`)), set);
      const saved = (): Promise<void> =>
      expect.poll(() => existsSync(join(root, 'masks/corrected', `${id}.png`)) && Buffer.from(read('corrected').data).equals(expected.data), { timeout: 10_000 }).toBe(true); // prettier-ignore
      const paint = (from: [number, number], to: [number, number], label: number): void => {
        const [a, b] = [from, to].map(([x, y]) => ({ x, y }));
        stroke(new Edit(expected, rulesFor(expected, free)), a, b, tipOf('round', SIZE), label);
      };
      const boxOf = async () => (await page.locator('img.photo').boundingBox())!;
      /** The middle of a pixel on the screen. */
      async function on([x, y]: [number, number]): Promise<{ x: number; y: number }> {
        const box = await boxOf();
        return {
          x: box.x + ((x + 0.5) * box.width) / expected.width,
          y: box.y + ((y + 0.5) * box.height) / expected.height,
        };
      }
      const touch = (
        type: 'touchStart' | 'touchMove' | 'touchEnd',
        touchPoints: { x: number; y: number; id: number }[],
      ) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
      async function pen(
        type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
        at: [number, number],
        buttons = 1,
      ): Promise<void> {
        const place = await on(at);
        await cdp.send('Input.dispatchMouseEvent', { type, ...place, pointerType: 'pen', button: type === 'mouseMoved' ? 'none' : 'left', buttons, clickCount: 1 }); // prettier-ignore
      }

      beforeAll(async () => {
        const photos = join(folder, 'photos');
        await comask('sample', photos, '--images', '4', '--classes', '2', '--size', '160x120');
        expect(await comask('new', root, '--dataset', photos)).toMatchObject({ exitCode: 0 });
        const masks = ['--from', join(photos, 'SegmentationClass'), '--masks', 'others'];
        expect(await comask('import', 'masks', root, ...masks)).toMatchObject({ exitCode: 0 });
        studio = await openStudio(root, join(folder, 'screenshots'));
        page = studio.page;
        cdp = await page.context().newCDPSession(page);
        await page.getByRole('link', { name: 'Masks' }).click();
        await page.getByText('Begun with others').waitFor();
        address = page.url();
        id = new URL(page.url()).searchParams.get('id')!;
        expected = read('others');
        await page.getByRole('spinbutton', { name: 'Size' }).fill(String(SIZE));
        await page.keyboard.press('Enter');
        await page.getByRole('application', { name: 'Canvas' }).focus();
        await page.keyboard.press('`');
      });
      afterAll(async () => await studio?.close());

      it('paint with one finger', async () => {
        const [from, to]: [number, number][] = [[20, 20], [60, 30]]; // prettier-ignore
        await touch('touchStart', [{ ...(await on(from)), id: 1 }]);
        await touch('touchMove', [{ ...(await on(to)), id: 1 }]);
        await touch('touchEnd', []);
        paint(from, to, IGNORED);
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
        const [from, to]: [number, number][] = [[30, 90], [90, 100]]; // prettier-ignore
        await pen('mousePressed', from);
        await pen('mouseMoved', to);
        await pen('mouseReleased', to, 0);
        paint(from, to, IGNORED);
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
        const [from, to]: [number, number][] = [[100, 30], [130, 50]]; // prettier-ignore
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
        expect(across / ((SIZE * before.width) / expected.width)).toBeCloseTo(1, 1);
        await page.mouse.down();
        await page.mouse.move((await on(to)).x, (await on(to)).y);
        await page.mouse.up();
        paint(from, to, IGNORED);
        await saved();
        expect(studio.said).toEqual([]);
      });
    });
  },
);
