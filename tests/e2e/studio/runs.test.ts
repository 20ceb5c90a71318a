import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuntime } from '../../../electron/engine/learn/runtime/installed.js';
import { thisMachine } from '../../../electron/engine/learn/runtime/places.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, searchBoxOf, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const IMAGES = 32;

function runtimeFound(): boolean {
  try {
    return findRuntime(thisMachine()) !== null;
  } catch {
    return false;
  }
}

describe.skipIf(!built || !chromiumFound)(
  'the Runs screen (skipped unless bundled, and where chromium is absent)',
  () => {
    describe.skipIf(!runtimeFound())('with a compute runtime (skipped where none is installed)', () => {
      const folder = folderUntilEnd();
      const [photos, project, shots] = ['photos', 'scenes', 'screenshots'].map((name) => join(folder, name));
      const said: string[] = [];
      let studio: Studio;
      let page: Page;

      async function open(): Promise<void> {
        studio = await openStudio(project, shots);
        page = studio.page;
        await page.getByRole('link', { name: 'Runs' }).click();
        await page.waitForURL(/\/runs/);
      }
      const shoot = async (name: string): Promise<void> => {
        await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
        await studio.shoot(name);
      };
      const button = (name: string | RegExp): Locator =>
        page.getByRole('button', { name, exact: typeof name === 'string' });
      const choose = async (label: string, word: string): Promise<void> => {
        await page.getByRole('combobox', { name: label, exact: true }).click();
        await page.getByRole('option', { name: word, exact: true }).click();
      };
      const state = (name: string): Promise<void> => page.locator('.state', { hasText: name }).first().waitFor({ timeout: 120_000 }); // prettier-ignore
      const steps = async (): Promise<number> => (await page.getByRole('log').textContent())!.split('step ').length - 1;
      /** Starts what the form asks for once the engine has nothing against it. */
      const start = async (name: string): Promise<void> => {
        await expect.poll(() => button(name).isEnabled(), { timeout: 20_000 }).toBe(true);
        await button(name).click();
        await page.waitForURL(/job=/);
      };
      const home = async (): Promise<void> => {
        await page.locator('body').click({ position: { x: 640, y: 5 } });
        await page.keyboard.press('Escape');
        await page.getByRole('heading', { name: 'Runs' }).waitFor();
      };

      beforeAll(async () => {
        await comask('sample', photos, '--images', String(IMAGES), '--classes', '3', '--size', '96x72');
        expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
        await open();
      });
      afterAll(async () => await studio?.close());

      it('begins with a training through the form, which says what is wrong at the field', async () => {
        await page.getByText('No training yet').waitFor();
        await shoot('runs-empty');
        await button('New training').click();
        await page.getByText('starts from trained weights').waitFor();
        await page.getByRole('link', { name: 'Weights in Settings' }).waitFor();
        const offered = page.locator('#field-weights-suggestions option');
        await expect.poll(() => offered.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual(['vgg16', 'vgg16-keras']); // prettier-ignore
        await shoot('runs-form-problem');
        await choose('backbone', 'tiny');
        await page.getByLabel('Name', { exact: true }).fill('first');
        await page.getByLabel('epochs', { exact: true }).fill('0');
        await page.getByText('At least 1.').waitFor();
        expect(await button('Start training').isEnabled()).toBe(false);
        await page.getByLabel('epochs', { exact: true }).fill('2');
        await page.getByLabel('batchSize', { exact: true }).fill('1');
        await page.getByText('preset: 16').waitFor();
        await page.keyboard.press('Escape');
        await page.getByText(/All other settings/).click();
        await page.getByLabel('Search settings').fill('mirror');
        await page.getByText('Mirror half of the photos at random.').waitFor();
        await page.getByText('The compute runtime is installed').waitFor();
        await shoot('runs-form');
        await start('Start training');
      });

      it('shows the curve as it grows, pauses and goes on', async () => {
        await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(2);
        const before = await steps();
        await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(before);
        await page.locator('.chart canvas').waitFor();
        await button('Pause').click();
        await state('Paused');
        await shoot('runs-paused');
        await button('Resume').click();
        await state('Running');
        const paused = await steps();
        await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(paused);
      });

      it('finds the training again after kill -9 of the engine, and sees it end', async () => {
        said.push(...studio.said);
        studio.serving.running.kill('SIGKILL');
        await studio.serving.running.ended;
        await studio.close();
        await open();
        await button('first').click();
        await state('Done');
        await page.getByRole('region', { name: 'Maps after each epoch' }).locator('canvas').first().waitFor();
        const images = Number(/(\d+)/.exec(await page.locator('dd').nth(2).textContent().then(String))![1]);
        // The last lines of the log are looked for within a second.
        await expect.poll(steps, { timeout: 10_000 }).toBe(2 * images);
        const slider = page.getByRole('slider', { name: 'Epoch' });
        expect(await slider.getAttribute('aria-valuetext')).toBe('2');
        await slider.focus();
        await page.keyboard.press('ArrowLeft');
        expect(await slider.getAttribute('aria-valuetext')).toBe('1');
        await page.getByText('As a table').click();
        await shoot('runs-done');
      });

      it('makes maps, saliency, masks and figures through forms', async () => {
        await button('Make maps').click();
        await page.waitForURL(/new=localize/);
        await choose('mode', 'multi');
        await page.getByText('The training is there').waitFor();
        await shoot('runs-form-maps');
        await start('Make maps');
        await state('Done');
        await shoot('runs-job');
        await home();
        await button('Saliency').click();
        await start('Make saliency maps');
        await home();
        await button('Masks').click();
        await choose('Saliency maps', 'saliency-1');
        await start('Make masks');
        await state('Done');
        // What was made can be measured from where one is.
        await button('Evaluate').click();
        await page.getByLabel('Set', { exact: true }).getByText('masks-1').waitFor();
        await start('Evaluate');
        await state('Done');
        await button('Results').click();
        await page.waitForURL(/\/results/);
        await page.getByRole('link', { name: 'Runs' }).click();
      });

      it('shows what a set was made from', async () => {
        await home();
        await page.getByRole('region', { name: 'Sets' }).getByRole('button', { name: 'masks-1', exact: true }).click();
        const drawing = page.getByRole('group', { name: 'What it was made from' });
        await drawing.getByText('first').waitFor();
        expect(await drawing.getByRole('button', { pressed: false }).count()).toBeGreaterThanOrEqual(3);
        await shoot('runs-lineage');
      });

      it('compares two trainings', async () => {
        await home();
        await button('first').click();
        await button('Train again').click();
        await page.getByText('preset: 16').waitFor();
        await page.getByLabel('epochs', { exact: true }).fill('1');
        await start('Start training');
        await state('Done');
        await home();
        await page.getByLabel('Mark first to compare').check();
        await page.getByLabel('Mark first-2 to compare').check();
        await shoot('runs-list');
        await button('Compare (2)').click();
        await page.getByRole('row', { name: /^epochs 1 2|^epochs 2 1/ }).waitFor();
        await page.locator('.chart canvas').waitFor();
        await shoot('runs-compare');
      });

      it('answers commands, orders the queue by keys and forgets what has ended', async () => {
        await page.keyboard.press('Control+k');
        await searchBoxOf(page).fill('train');
        await page.keyboard.press('Enter');
        await page.waitForURL(/new=train/);
        await choose('backbone', 'tiny');
        await start('Start training');
        await home();
        for (const [form, submit] of [
          ['Make maps', 'Make maps'],
          ['Saliency', 'Make saliency maps'],
        ]) {
          await button(form).click();
          await start(submit);
          await home();
        }
        const queue = page.getByRole('region', { name: 'Queue' });
        const names = (): Promise<string[]> => queue.locator('.list:not(.ended) .name').allTextContents();
        await queue.getByText('Waiting').nth(1).waitFor();
        await shoot('runs-queue');
        await button('Saliency maps · saliency-2').focus();
        await page.keyboard.press('Alt+ArrowUp');
        await expect
          .poll(names)
          .toEqual(['Training · run-1', 'Saliency maps · saliency-2', 'Localization maps · maps-2']);
        for (const name of (await names()).slice(1)) {
          await button(name).click();
          await button('Cancel (asks first)').click();
          await page.getByRole('alertdialog').getByRole('button', { name: 'Give up' }).click();
          await home();
        }
        await button('Training · run-1').click();
        await button('Cancel (asks first)').click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Give up' }).click();
        await state('Cancelled');
        await home();
        await page.getByText('ended jobs').click();
        const ended = page.locator('.ended > li');
        const count = await ended.count();
        await ended
          .first()
          .getByRole('button', { name: /Take off the list/ })
          .click();
        await expect.poll(() => ended.count()).toBe(count - 1);
      });

      it('breaks no rule of the page and logs no error', () => {
        expect(
          [...said, ...studio.said].filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|status of 404/.test(text)),
        ).toEqual([]);
      });
    });
  },
);
