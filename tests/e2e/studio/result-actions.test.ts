import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeLabelMap, decodeLabelMap } from '../../../electron/engine/images/index.js';
import { api } from '../../../shared/api/index.js';
import { EXCLUDED_TAG, REVIEW_QUEUE_TAG } from '../../../shared/dataset/review.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, searchBoxOf, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const soon = { timeout: 20_000 };

describe.skipIf(!built || !chromiumFound)(
  'what is done about failures (skipped unless bundled, and where chromium is absent)',
  () => {
    const folder = folderUntilEnd();
    const project = join(folder, 'scenes');
    let studio: Studio;
    let page: Page;
    let params: { project: string };
    /** The gallery, worst first. */
    let worst: string[];

    const image = (id: string) => studio.serving.client.call(api.images.get, { params: { ...params, id } });
    const references = async (): Promise<Record<number, string[]>> => {
      const { sets } = await studio.serving.client.call(api.references.list, { params });
      return Object.fromEntries(sets.map(({ classIndex, references: ids }) => [classIndex, ids]));
    };
    const tagged = async (tag: string): Promise<string[]> => {
      const { ids } = await studio.serving.client.call(api.images.ids, { params, query: { tags: [tag], limit: 100 } });
      return [...ids].sort();
    };
    const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
    const tile = (at: number): Locator => page.locator('.tile').nth(at);
    const pick = async (text: string): Promise<void> => {
      await searchBoxOf(page).fill(text);
      await page.keyboard.press('Enter');
    };
    const undo = async (): Promise<void> => await page.keyboard.press('Control+z');

    beforeAll(async () => {
      const photos = join(folder, 'photos');
      await comask('sample', photos, '--images', '12', '--classes', '5', '--size', '96x72');
      const truth = join(photos, 'SegmentationClass');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      const masks = ['import', 'masks', project, '--from', truth, '--masks', 'drawn'];
      expect(await comask(...masks)).toMatchObject({ exitCode: 0 });
      // The objects of every other mask are lost.
      const drawn = join(project, 'masks/drawn');
      for (const name of readdirSync(drawn).filter((one) => one.endsWith('.png')).sort().filter((_, at) => at % 2 === 0)) {
        const map = decodeLabelMap(readFileSync(join(drawn, name)), name);
        writeFileSync(join(drawn, name), encodeLabelMap({ ...map, data: map.data.map((label) => (label === 255 ? label : 0)) }));
      } // prettier-ignore
      expect(await comask('evaluate', project, '--masks', 'drawn')).toMatchObject({ exitCode: 0 });
      studio = await openStudio(project, join(folder, 'screenshots'));
      page = studio.page;
      params = { project: studio.serving.project };
      await page.getByRole('link', { name: 'Results' }).click();
      await tile(0).waitFor(soon);
      const ranked = await studio.serving.client.call(api.evaluations.images, { params: { ...params, name: 'masks-drawn' }, query: { limit: 100 } }); // prettier-ignore
      worst = ranked.images.map(({ score }) => score.id);
    });
    afterAll(async () => await studio?.close());

    it('adds a label to the selected images, and takes it back', async () => {
      const before = (await image(worst[0])).classes;
      const missing = [0, 1, 2, 3, 4].find((index) => !before.includes(index))!;
      const { config } = { config: JSON.parse(readFileSync(join(project, 'project.json'), 'utf8')) as { classes: string[] } }; // prettier-ignore
      await page.waitForLoadState('networkidle');
      await tile(0).focus();
      await page.keyboard.press('x');
      await tile(1).focus();
      await page.keyboard.press('x');
      await page.getByText('2 images', { exact: true }).waitFor(soon);
      await page.keyboard.press('l');
      await pick(config.classes[missing]);
      await expect.poll(async () => (await image(worst[0])).classes.includes(missing), soon).toBe(true);
      expect((await image(worst[1])).classes).toContain(missing);
      await page.keyboard.press('Escape');
      await undo();
      await expect.poll(async () => (await image(worst[0])).classes, soon).toEqual(before);
    });

    it('tags, marks and excludes them', async () => {
      await tile(0).focus();
      await page.keyboard.press('t');
      await pick('odd light');
      await expect.poll(() => tagged('odd light'), soon).toEqual([worst[0], worst[1]].sort());
      await page.keyboard.press('Escape');
      await tile(0).focus();
      await page.keyboard.press('Shift+R');
      await expect.poll(async () => (await image(worst[1])).review, soon).toBe('needs-work');
      await page.keyboard.press('Shift+X');
      await expect.poll(() => tagged(EXCLUDED_TAG), soon).toEqual([worst[0], worst[1]].sort());
      await undo();
      await expect.poll(() => tagged(EXCLUDED_TAG), soon).toEqual([]);
    });

    it('sends the worst to the review queue', async () => {
      await page.getByRole('spinbutton', { name: 'How many of the worst images' }).fill('3');
      await button('To review queue').click();
      await expect.poll(() => tagged(REVIEW_QUEUE_TAG), soon).toEqual(worst.slice(0, 3).sort());
      await studio.shoot('result-actions');
    });

    it('adds one image to the references of its class and takes it out again', async () => {
      await tile(0).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/results\/image\?/);
      const [first, ...others] = (await image(worst[0])).classes;
      // The gallery has the same actions: they are the image's once its panes are there.
      await page.getByRole('group', { name: 'Pictures' }).waitFor();
      await expect.poll(() => button(/^Fix the mask at the largest error/).isEnabled(), soon).toBe(true);
      const toggle = async (): Promise<void> => {
        await page.keyboard.press('f');
        const name = JSON.parse(readFileSync(join(project, 'project.json'), 'utf8')).classes[first];
        if (others.length > 0) await pick(name);
      };
      await toggle();
      await expect.poll(references, soon).toMatchObject({ [first]: [worst[0]] });
      await toggle();
      await expect.poll(async () => (await references())[first] ?? [], soon).toEqual([]);
      await undo();
      await expect.poll(references, soon).toMatchObject({ [first]: [worst[0]] });
    });

    it('opens the editor at the largest error, and nothing was logged', async () => {
      await page.keyboard.press('Escape');
      await page.waitForURL(/\/results\?|\/results$/);
      await tile(0).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/results\/image\?/);
      await button(/Fix the mask at the largest error/).waitFor(soon);
      await expect.poll(() => button(/Fix the mask at the largest error/).isEnabled(), soon).toBe(true);
      await page.keyboard.press('b');
      await page.waitForURL(new RegExp(`editor\\?.*id=${encodeURIComponent(worst[0]).replace(/[.*+?^$()]/g, '\\$&')}`));
      expect(new URL(page.url()).searchParams.get('box')).toMatch(/^\d+,\d+,\d+,\d+$/);
      expect(studio.said).toEqual([]);
    });
  },
);
