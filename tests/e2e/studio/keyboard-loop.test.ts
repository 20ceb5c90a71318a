import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { candidatesOf, drawnIn, paneOf, setOf } from '../../support/maps-screen.js';
import { ExpectedMask, firstLabelOf, middleOf, savedMask, superpixelsOf, type Spot } from '../../support/mask-work.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const soon = { timeout: 30_000 };
/** Pixels that the brush is wide, and the level of superpixels that the editor begins with. */
const [BRUSH, LEVEL] = [9, 1];

describe.skipIf(!built || !chromiumFound)(
  'the loop from references to an accepted mask by keys alone (skipped unless bundled, and where chromium is absent)',
  () => {
    const folder = folderUntilEnd();
    const root = join(folder, 'sample');
    let studio: Studio;
    let page: Page;
    let id: string;
    /** What the mask should be, by the same operations without a page. */
    let expected: ExpectedMask;
    /** Where the cursor is. */
    let at: Spot;

    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const times = (count: number, key: string): string[] => Array<string>(count).fill(key);
    const focused = (target: Locator): Promise<boolean> =>
      target.and(page.locator(':focus')).count().then((n) => n === 1); // prettier-ignore
    /** Goes on by Tab until something has the focus. */
    async function reach(target: Locator, key = 'Tab'): Promise<void> {
      for (let i = 0; i < 90 && !(await focused(target)); i++) await press(key);
      expect(await focused(target)).toBe(true);
    }
    const canvas = (): Locator => page.getByRole('application', { name: 'Canvas' });
    const spoken = (): Promise<string> => canvas().getByRole('status').innerText();
    const labelOf = (set: string): Uint8Array => savedMask(root, set, id).data;
    const saved = (): Promise<void> =>
      expect.poll(() => existsSync(join(root, 'masks/corrected', `${id}.png`)) && Buffer.from(labelOf('corrected')).equals(expected.pixels), soon).toBe(true); // prettier-ignore
    /** Moves the cursor, by the longest steps first. */
    async function walk([x, y]: Spot): Promise<void> {
      const along = (steps: number, back: string, on: string): string[] => {
        const key = steps < 0 ? back : on;
        const far = Math.abs(steps);
        return [...times(Math.floor(far / 10), `Shift+${key}`), ...times(far % 10, key)];
      };
      await press(...along(x - at[0], 'ArrowLeft', 'ArrowRight'), ...along(y - at[1], 'ArrowUp', 'ArrowDown'));
      at = [x, y];
      const { width, height } = expected.map;
      const inside = x >= 0 && y >= 0 && x < width && y < height;
      if (inside) await expect.poll(() => page.locator('footer').innerText(), soon).toContain(`x ${x}, y ${y}`);
    }
    /** Paints along one of the axes. */
    async function paint(from: Spot, to: Spot): Promise<void> {
      await walk(from);
      await press('Space');
      await walk(to);
      await press('Space');
    }

    beforeAll(async () => {
      expect(await comask('sample', root, '--project')).toMatchObject({ exitCode: 0 });
      studio = await openStudio(undefined, join(folder, 'screenshots'));
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    it('opens a project from the start screen', async () => {
      await reach(page.getByRole('textbox', { name: 'Full path of its folder' }));
      await page.keyboard.type(root);
      await press('Enter');
      await page.waitForURL(/\/dataset/);
      await expect.poll(() => page.locator('footer').textContent(), soon).toContain('of 40');
    });

    it('chooses references of a class, and sees its map change with them', async () => {
      await press('Alt+2');
      await page.waitForURL(/\/references/);
      const classes = page.getByRole('list', { name: 'Classes' }).getByRole('button');
      await reach(classes.filter({ hasText: 'rings' }));
      await press('Enter');
      await page.waitForURL(/class=1/);
      const compare = page.getByRole('button', { name: 'Compare images' });
      await compare.waitFor();
      await reach(compare);
      await press('Enter');
      await candidatesOf(page).first().waitFor(soon);
      const map = 'Multi-round, this set';
      const change = async (act: () => Promise<void>, size: number): Promise<void> => {
        const [before, stale] = [await drawnIn(page, map), paneOf(page, map).locator('.stale').waitFor(soon)];
        await act();
        await stale;
        await expect.poll(() => setOf(page).count(), soon).toBe(size);
        await expect.poll(() => drawnIn(page, map), soon).not.toBe(before);
        await paneOf(page, map)
          .locator('.stale')
          .waitFor({ state: 'detached', ...soon });
      };
      await paneOf(page, map).locator('canvas').waitFor(soon);
      await reach(candidatesOf(page).first());
      await change(() => press('Enter'), 1);
      await change(() => press('ArrowRight', 'Enter'), 2);
      await reach(setOf(page), 'Shift+Tab');
      await change(() => press('Delete'), 1);
      await change(() => press('Control+z'), 2);
    });

    it('moves a threshold, and applies it to the masks of the class', async () => {
      await paneOf(page, 'Mask, live').locator('canvas').waitFor(soon);
      const live = await drawnIn(page, 'Mask, live');
      await reach(page.getByRole('slider', { name: 'Foreground' }));
      await press(...times(15, 'ArrowLeft'));
      await expect.poll(() => drawnIn(page, 'Mask, live'), soon).not.toBe(live);
      const scope = page.getByRole('combobox', { name: 'Which masks to change' });
      await reach(scope);
      await press('ArrowDown', 'ArrowDown', 'Enter');
      await expect.poll(() => scope.textContent(), soon).toBe('Images of rings');
      await reach(page.getByRole('button', { name: 'See changes' }));
      await press('Enter');
      const words = page.getByText(/^[1-9]\d* masks?, [\d,]+ pixels$/);
      await words.waitFor(soon);
      const count = parseInt(await words.innerText());
      const masks = join(root, 'masks/fused');
      const files = readdirSync(masks).filter((name) => name.endsWith('.png'));
      const before = new Map(files.map((name) => [name, readFileSync(join(masks, name))]));
      const changed = (): string[] =>
        files.filter((name) => !readFileSync(join(masks, name)).equals(before.get(name)!));
      await reach(page.getByRole('button', { name: 'Apply', exact: true }));
      await press('Enter');
      await expect.poll(() => changed().length, soon).toBe(count);
      const carry = (await page.evaluate(`(async () => {
        const { projects } = await (await fetch('/api/projects')).json();
        const { images } = await (await fetch('/api/projects/' + projects[0].key + '/images?classes=1&limit=100')).json();
        return images.map(({ id }) => id + '.png');
      })()`)) as string[];
      expect(changed().filter((name) => !carry.includes(name))).toEqual([]);
    });

    it('brings a cursor to the canvas, whose class and place are spoken', async () => {
      await press('Alt+3');
      await page.waitForURL(/\/editor\?/);
      await page.getByText('Begun with fused').waitFor(soon);
      id = new URL(page.url()).searchParams.get('id')!;
      expected = new ExpectedMask(savedMask(root, 'fused', id));
      await press('Shift+K');
      await expect.poll(() => focused(canvas()), soon).toBe(true);
      const { width, height } = expected.map;
      at = [Math.floor(width / 2), Math.floor(height / 2)];
      await expect.poll(spoken, soon).toMatch(new RegExp(`^.+, x ${at[0]}, y ${at[1]}$`));
      await walk([at[0] + 13, at[1] - 4]);
      await expect.poll(spoken, soon).toMatch(new RegExp(`, x ${at[0]}, y ${at[1]}$`));
      await walk([-1, at[1]]);
      await expect.poll(spoken, soon).toBe('Beside the photo');
      expect(new URL(page.url()).searchParams.get('id')).toBe(id);
    });

    it('paints with brush, polygon and superpixel, and undoes, to the pixel', async () => {
      await press('1');
      const label = await firstLabelOf(page, id);
      const size = page.getByRole('spinbutton', { name: 'Size' });
      for (let i = 0; i < 20 && (await size.inputValue()) !== `${BRUSH} px`; i++) await press('[');
      expect(await size.inputValue()).toBe(`${BRUSH} px`);
      await paint([20, 20], [63, 20]);
      expected.brush([20, 20], [63, 20], BRUSH, label);
      await saved();
      // Straight on: the line to the next place, in one.
      await walk([40, 52]);
      await press('Shift+Space', 'Space');
      expected.brush([63, 20], [40, 52], BRUSH, label);
      await saved();
      await paint([10, 70], [10, 90]);
      await expect.poll(() => Buffer.from(labelOf('corrected')).equals(expected.pixels), soon).toBe(false);
      await press('Control+z');
      await saved();

      const corners: Spot[] = [[80, 20], [110, 24], [104, 50], [84, 44]]; // prettier-ignore
      await press('p');
      for (const corner of corners) {
        await walk(corner);
        await press('Space');
      }
      await press('Enter');
      expected.outline(corners.map(middleOf), label);
      await saved();

      await press('s', '`');
      const pixel: Spot = [90, 80];
      await walk(pixel);
      // Until the photo is read, the tool stays up.
      await expect.poll(async () => {
        if (!(await spoken()).includes('tool down')) await press('Space');
        await page.waitForTimeout(600);
        return spoken();
      }, soon).toContain('tool down'); // prettier-ignore
      await press('Space');
      expected.superpixel(await superpixelsOf(page, LEVEL), pixel, 255);
      await saved();
      await expect.poll(spoken, soon).toBe('ignored, x 90, y 80');
    });

    it('is drawn in either theme and language without a fault', () => studio.shoot('editor-key-cursor'));

    it('has the view follow the cursor, which zooms come around', async () => {
      const photo = page.locator('img.photo');
      const inView = async (): Promise<boolean> => {
        const [box, stage] = [(await photo.boundingBox())!, (await canvas().boundingBox())!];
        const scale = box.width / expected.map.width;
        const [x, y] = [box.x + (at[0] + 0.5) * scale, box.y + (at[1] + 0.5) * scale];
        return x > stage.x && x < stage.x + stage.width && y > stage.y && y < stage.y + stage.height;
      };
      await walk([20, 20]);
      await press(...times(8, '+'));
      await expect.poll(async () => (await photo.boundingBox())!.width / expected.map.width, soon).toBeGreaterThan(12);
      expect(await inView()).toBe(true);
      const before = (await photo.boundingBox())!.x;
      await walk([expected.map.width, 20]);
      await expect.poll(async () => (await photo.boundingBox())!.x, soon).toBeLessThan(before - 100);
      expect(await inView()).toBe(true);
      await press('Control+0');
    });

    it('accepts the mask, and finds it after the page is loaded again', async () => {
      await press('Control+Enter');
      await page.waitForURL((url) => url.searchParams.get('id') !== id);
      expect(Buffer.from(labelOf('corrected')).equals(expected.pixels)).toBe(true);
      // The cursor comes along to the next image, until Escape takes it away; then arrows go from image to image again.
      await page.getByText('Begun with fused').waitFor(soon);
      expect(await focused(canvas())).toBe(true);
      await expect.poll(spoken, soon).toMatch(/, x \d+, y \d+$/);
      await press('Escape');
      await expect.poll(spoken, soon).toBe('Cursor by keys off');
      await press('ArrowLeft');
      await page.waitForURL((url) => url.searchParams.get('id') === id);
      await page.reload();
      await page.getByText('Begun with the mask made by hand').waitFor(soon);
      expect(Buffer.from(labelOf('corrected')).equals(expected.pixels)).toBe(true);
      const review = await page.evaluate(`(async () => {
        const { projects } = await (await fetch('/api/projects')).json();
        return (await (await fetch('/api/projects/' + projects[0].key + '/images/${id}')).json()).review;
      })()`);
      expect(review).toBe('reviewed');
      // Candidates that are not there yet are answered with a status that the browser mentions; and the test reads canvases.
      expect(studio.said.filter((text) => !/status of (404|409)|willReadFrequently/.test(text))).toEqual([]);
    });
  },
);
