import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelMap } from '../../../electron/engine/images/index.js';
import { api } from '../../../shared/api/index.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { smallTraining } from '../../support/project.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

describe.skipIf(!built)('references and maps (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const project = join(folder, 'scenes');
    /** What is computed may take its time on a busy machine. */
    const soon = { timeout: 30_000 };
    let studio: Studio;
    let page: Page;

    beforeAll(async () => {
      const photos = join(folder, 'photos');
      await comask('sample', photos, '--images', '24', '--classes', '3', '--size', '160x120');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      expect(await comask('train', project, '--run', 'small', ...smallTraining(1))).toMatchObject({ exitCode: 0 });
      const size = ['--set', 'inputSize=64'];
      await comask('localize', project, '--run', 'small', '--maps', 'single', '--mode', 'single', ...size);
      await comask('localize', project, '--run', 'small', '--maps', 'multi', ...size);
      await comask('saliency', project, '--saliency', 'builtin');
      const fused = await comask('masks', project, '--maps', 'single', '--saliency', 'builtin', '--masks', 'fused');
      expect(fused).toMatchObject({ exitCode: 0 });
      studio = await openStudio(project, join(folder, 'screenshots'));
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    const set = () => page.getByRole('list', { name: 'Images of the set' }).getByRole('button');
    const candidates = () => page.getByRole('list', { name: 'Candidates' }).getByRole('button');
    const pane = (name: string) => page.getByRole('region', { name });
    /** Colours of a canvas of a pane, as one number to compare. */
    const drawn = (name: string): Promise<number> =>
      pane(name).locator('canvas').first().evaluate((canvas: { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } }) =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.reduce((sum, value, i) => (sum * 31 + value * (i + 1)) % 1_000_003, 7),
      ); // prettier-ignore

    it('asks for images to be compared first, and then offers candidates', async () => {
      await page.getByRole('link', { name: 'Maps' }).click();
      await page.waitForURL(/\/references/);
      await page.getByText('Images are not compared yet').waitFor();
      await page.waitForLoadState('networkidle');
      await studio.shoot('references-empty');
      await page.getByRole('button', { name: 'Compare images' }).click();
      await candidates().first().waitFor();
      expect(await candidates().count()).toBeGreaterThan(3);
    });

    it('offers only candidates that a query of the dataset leaves', async () => {
      const all = await candidates().count();
      const narrow = (words: string): Promise<void> =>
        page.getByRole('searchbox', { name: 'Which candidates' }).fill(words);
      await page.keyboard.press('/');
      await page.keyboard.type('-class:no-such');
      await page.getByText('there is no class').waitFor();
      expect(await candidates().count()).toBe(all);
      const info = await studio.serving.client.call(api.projects.info, { params: { project: studio.serving.project } });
      await narrow(`-class:${info.classes[1].name}`);
      await expect.poll(() => candidates().count(), soon).toBeLessThan(all);
      const { candidates: without } = await studio.serving.client.call(api.references.candidates, { params: { project: studio.serving.project }, query: { run: 'small', classIndex: 0, without: [1] } }); // prettier-ignore
      // The image in view is no candidate of its own.
      expect(without.length - (await candidates().count())).toBeOneOf([0, 1]);
      await page.waitForLoadState('networkidle');
      await studio.shoot('references-narrowed');
      await narrow('name-of-none');
      await page.getByText('No candidate matches').waitFor();
      await narrow('');
      await expect.poll(() => candidates().count(), soon).toBe(all);
    });

    it('recomputes the map of the image as the set changes, and keeps the one before', async () => {
      await pane('Multi-round, this set').locator('canvas').waitFor();
      const alone = await drawn('Multi-round, this set');
      await candidates().nth(0).click();
      await candidates().nth(1).click();
      await expect.poll(() => set().count(), soon).toBe(2);
      await page.getByText('Fewer than 3').waitFor();
      await candidates().nth(2).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => set().count(), soon).toBe(3);
      await expect.poll(() => drawn('Multi-round, this set'), soon).not.toBe(alone);
      await pane('Multi-round, set before').locator('canvas').waitFor();
      await page.waitForLoadState('networkidle');
      await studio.shoot('references');
      await set().last().focus();
      await page.keyboard.press('Delete');
      await expect.poll(() => set().count(), soon).toBe(2);
      await page.keyboard.press('Control+z');
      await expect.poll(() => set().count(), soon).toBe(3);
      await page.keyboard.press('g');
      await expect.poll(() => set().count(), soon).toBe(8);
      const stored = await studio.serving.client.call(api.references.list, {
        params: { project: studio.serving.project },
      });
      expect(stored.sets).toMatchObject([{ classIndex: 0, references: { length: 8 } }]);
      const { coverage } = await studio.serving.client.call(api.references.assess, {
        params: { project: studio.serving.project },
        body: { run: 'small', classIndex: 0, references: stored.sets[0].references },
      });
      await page.getByText(`Covers ${coverage!.covered} of ${coverage!.images} images of the class`).waitFor();
    });

    it('stores a set for one image beside that of the class', async () => {
      await page.getByRole('button', { name: 'This image' }).click();
      await expect.poll(() => set().count(), soon).toBe(0);
      await candidates().nth(1).click();
      await expect.poll(() => set().count(), soon).toBe(1);
      const { sets } = await studio.serving.client.call(api.references.list, {
        params: { project: studio.serving.project },
        query: { classIndex: 0 },
      });
      const id = await page.locator('.bar .id').textContent();
      expect(sets.map(({ imageId, references }) => [imageId, references.length])).toEqual([
        [undefined, 8],
        [id, 1],
      ]);
      await page.getByRole('button', { name: /^Class/ }).click();
      await expect.poll(() => set().count(), soon).toBe(8);
      await page.getByText('This image has a set of its own').waitFor();
      await studio.shoot('references-own');
    });

    it('shows where a place attends, and the reverse', async () => {
      await page.keyboard.press('i');
      await pane('Photo').locator('img').click();
      await expect.poll(() => set().locator('canvas').count(), soon).toBe(8);
      await page.mouse.move(640, 60);
      await studio.shoot('references-attention');
      await set().nth(1).click();
      await pane('Photo').locator('canvas').waitFor();
      await expect.poll(() => set().locator('canvas').count(), soon).toBe(0);
      await page.keyboard.press('i');
    });

    it('derives the mask anew as thresholds move, counts what that changes, and applies it', async () => {
      const live = pane('Mask, live');
      await live.locator('canvas').waitFor();
      const before = await drawn('Mask, live');
      const slider = page.getByRole('slider', { name: 'Foreground' });
      await slider.focus();
      for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');
      await expect.poll(() => drawn('Mask, live'), soon).not.toBe(before);
      await page.getByRole('combobox', { name: 'Which masks to change' }).click();
      await page.getByRole('option', { name: 'All images' }).click();
      await page.getByRole('button', { name: 'See changes' }).click();
      const words = page.getByText(/\d+ masks?, [\d,]+ pixels/);
      await words.waitFor();
      await studio.shoot('references-thresholds');
      const id = (await page.locator('.bar .id').textContent())!;
      const file = join(project, 'masks/fused', `${id}.png`);
      const count = async (): Promise<number> => (await readLabelMap(file)).data.filter((label) => label > 0).length;
      const was = await count();
      await page.getByRole('button', { name: 'Apply', exact: true }).click();
      await expect.poll(count, soon).not.toBe(was);
    });

    it('breaks no rule of the page and logs no error', () => {
      // Candidates that are not there yet are answered with a status that the browser mentions; and the test reads canvases.
      expect(studio.said.filter((text) => !/status of (404|409)|willReadFrequently/.test(text))).toEqual([]);
    });
  });
});
