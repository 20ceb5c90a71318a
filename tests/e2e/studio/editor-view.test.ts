import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLabelMap } from '../../../electron/engine/images/index.js';
import type { LabelMap } from '../../../shared/types.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const soon = { timeout: 10_000 };

describe.skipIf(!built)('the view of the mask editor (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const root = join(folder, 'sample');
    let [studio, page, id] = [undefined! as Studio, undefined! as Page, ''];
    const read = (set: string): LabelMap => decodeLabelMap(readFileSync(join(root, 'masks', set, `${id}.png`)), set);
    const canvas = (): Locator => page.getByRole('application', { name: 'Canvas' });

    beforeAll(async () => {
      expect(await comask('sample', root, '--project')).toMatchObject({ exitCode: 0 });
      studio = await openStudio(root, join(folder, 'screenshots'));
      page = studio.page;
      await page.getByRole('link', { name: 'Masks' }).click();
      await page.waitForURL(/\/editor/);
      await page.getByText('Begun with fused').waitFor();
      id = new URL(page.url()).searchParams.get('id')!;
    });
    afterAll(async () => await studio?.close());

    it('begins with a stroke, so that before and now differ', async () => {
      await canvas().focus();
      await page.keyboard.press('b');
      await page.keyboard.press('`');
      const box = (await page.locator('img.photo').boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.getByText(/Saved \d/).waitFor(soon);
    });

    it('shows the mask before beside the one in hand, with a divider that keys move', async () => {
      await canvas().focus();
      await page.keyboard.press('Control+\\');
      const divider = page.getByRole('separator', { name: /^Divider/ });
      await divider.waitFor();
      const clipOf = (): Promise<string[]> => page.locator('canvas.layer').evaluateAll((all) => all.map((one: any) => (globalThis as any).getComputedStyle(one).clipPath as string)); // prettier-ignore
      expect(await clipOf()).toEqual(['inset(0px 0px 0px 50%)', 'inset(0px 50% 0px 0px)', 'none']);
      const painted = (): Promise<number> => page.locator('canvas.layer').nth(1).evaluate((canvas: any) => (canvas.getContext('2d').getImageData(0, 0, canvas.width / 2, canvas.height).data as Uint8ClampedArray).filter((_, i) => i % 4 === 3).filter(Boolean).length); // prettier-ignore
      await expect.poll(painted, soon).toBeGreaterThan(1000);
      await studio.shoot('editor-compare');
      await divider.focus();
      await page.keyboard.press('End');
      await expect.poll(clipOf, soon).toEqual(['inset(0px 0px 0px 100%)', 'inset(0px 0% 0px 0px)', 'none']);
      await page.keyboard.press('Home');
      await expect.poll(() => divider.getAttribute('aria-valuenow'), soon).toBe('0');
      await page.keyboard.press('ArrowRight');
      // Ten pixels from the left edge.
      await expect
        .poll(async () => (await divider.boundingBox())!.x - (await canvas().boundingBox())!.x, soon)
        .toBeGreaterThan(4);
      expect(new URL(page.url()).searchParams.get('id')).toBe(id);
      const [from, room] = [(await divider.boundingBox())!, (await canvas().boundingBox())!];
      await page.mouse.move(from.x + from.width / 2, from.y + 200);
      await page.mouse.down();
      await page.mouse.move(room.x + room.width * 0.75, from.y + 200);
      await page.mouse.up();
      await expect.poll(() => divider.getAttribute('aria-valuenow'), soon).toBe('75');
      expect(read('corrected').data).not.toEqual(read('fused').data);
      await page.keyboard.press('Control+\\');
      await divider.waitFor({ state: 'detached' });
      expect(await clipOf()).toEqual(['none', 'none']);
    });

    it('has an overview only where not all of the photo is in view, which moves the view', async () => {
      const overview = page.getByRole('group', { name: /^Overview/ });
      expect(await overview.count()).toBe(0);
      for (let i = 0; i < 6; i++) await page.keyboard.press('+');
      await overview.waitFor();
      await studio.shoot('editor-overview');
      const [map, stage] = [(await overview.boundingBox())!, (await canvas().boundingBox())!];
      const middle = async (): Promise<{ x: number; y: number }> => {
        const photo = (await page.locator('img.photo').boundingBox())!;
        return { x: (stage.x + stage.width / 2 - photo.x) / photo.width, y: (stage.y + stage.height / 2 - photo.y) / photo.height }; // prettier-ignore
      };
      const steps = await page.getByRole('button', { name: /^Brush · / }).count();
      await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
      await page.mouse.down();
      await page.mouse.move(map.x + map.width * 0.25, map.y + map.height * 0.75);
      await page.mouse.up();
      await expect.poll(async () => (await middle()).x, soon).toBeCloseTo(0.25, 1);
      await expect.poll(async () => (await middle()).y, soon).toBeCloseTo(0.75, 1);
      await overview.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(async () => (await middle()).x, soon).toBeGreaterThan(0.27);
      expect(new URL(page.url()).searchParams.get('id')).toBe(id);
      expect(await page.getByRole('button', { name: /^Brush · / }).count()).toBe(steps);
      await page.keyboard.press('Control+0');
      await overview.waitFor({ state: 'detached' });
    });

    it('lets the panel be resized, and remembers its width', async () => {
      const panel = page.getByRole('complementary', { name: 'Classes and history' });
      const edge = page.getByRole('separator', { name: /^Width of the panel/ });
      const width = async (): Promise<number> => (await panel.boundingBox())!.width;
      const before = await width();
      const at = (await edge.boundingBox())!;
      await page.mouse.move(at.x + at.width / 2, at.y + 300);
      await page.mouse.down();
      await page.mouse.move(at.x + at.width / 2 - 100, at.y + 300);
      await page.mouse.up();
      await expect.poll(width, soon).toBeCloseTo(before + 100, 0);
      await edge.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(width, soon).toBeCloseTo(before + 92, 0);
      await page.reload();
      await panel.waitFor();
      await expect.poll(width, soon).toBeCloseTo(before + 92, 0);
      await edge.focus();
      await page.keyboard.press('End');
      await expect.poll(width, soon).toBe(220);
      await edge.dblclick();
      await expect.poll(width, soon).toBe(264);
    });

    it('opens the next image with the mask that was had ahead, asking for its labels no second time', async () => {
      await page.goto(page.url(), { waitUntil: 'networkidle' });
      const asked: string[] = [];
      page.on('request', (request) => /\/labels\//.test(request.url()) && asked.push(request.url()));
      await canvas().focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForURL((url) => url.searchParams.get('id') !== id);
      const next = new URL(page.url()).searchParams.get('id')!;
      await page.getByRole('heading', { name: next, exact: true }).waitFor();
      await page.getByText('Begun with fused').waitFor();
      await page.waitForLoadState('networkidle');
      expect(asked.filter((url) => url.includes(`/images/${encodeURIComponent(next)}/`))).toEqual([]);
    });

    it('logs no error', () => {
      expect(studio.said).toEqual([]);
    });
  });
});
