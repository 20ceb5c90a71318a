import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findRuntime } from '../../../electron/engine/learn/runtime/installed.js';
import { thisMachine } from '../../../electron/engine/learn/runtime/places.js';
import type { Evaluation } from '../../../shared/evaluation.js';
import { comask } from '../../support/cli.js';
import { answerDialogs, shownDialogs } from '../../support/dialogs.js';
import { electronReady, startApp, startAppWith, unlessElectron, type App } from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import { until } from '../../support/serve.js';

const IMAGES = 64;
const BROKEN = ['scene-0004', 'scene-0011'];
/** Milliseconds that an answer of the page may take on a busy machine. */
const soon = { timeout: 30_000 };

function runtimeFound(): boolean {
  try {
    return findRuntime(thisMachine()) !== null;
  } catch {
    return false;
  }
}

describe.skipIf(!electronReady)(`the studio from photos to figures (${unlessElectron})`, () => {
  describe.skipIf(!runtimeFound())('with a compute runtime (skipped where none is installed)', () => {
    it('imports, trains, survives its engine, makes maps and masks, measures, and finds it all again', async () => {
      const folder = temporaryFolder();
      const [photos, project] = [join(folder, 'photos'), join(folder, 'scenes')];
      await comask('sample', photos, '--images', String(IMAGES), '--classes', '3', '--size', '96x72');
      for (const id of BROKEN) writeFileSync(join(photos, 'JPEGImages', `${id}.jpg`), 'no photo');

      const app = await startApp();
      await importFolder(app.page, photos, project);
      await train(app.page);
      await pauseAndGoOn(app.page);
      await loseTheEngine(app, project);
      await endOfTraining(app.page);
      await mapsToFigures(app.page);
      const figure = await shownFigure(app.page);
      const { mIoU } = JSON.parse(readFileSync(join(project, 'evaluations/masks-masks-1.json'), 'utf8')) as Evaluation;
      expect(figure).toBe(mIoU!.toFixed(3));
      await app.electron.close();

      const again = await startAppWith(app);
      await findAll(again.page, figure);
      await again.electron.close();
    });
  });
});

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const state = (page: Page, name: string): Promise<void> =>
  page.locator('.state', { hasText: name }).first().waitFor({ timeout: 120_000 });
const steps = async (page: Page): Promise<number> =>
  (await page.getByRole('log').textContent())!.split('step ').length - 1;
const moreSteps = async (page: Page): Promise<void> => {
  const before = await steps(page);
  await expect.poll(() => steps(page), soon).toBeGreaterThan(before);
};

async function allImages(page: Page): Promise<void> {
  await page.waitForURL(/\/dataset/);
  await expect.poll(() => page.locator('footer').textContent(), soon).toContain(`of ${IMAGES - BROKEN.length}`);
}

async function choose(page: Page, label: string, word: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: word, exact: true }).click();
}

/** Goes through a form of the Runs screen, from its button there to its job. */
async function submit(page: Page, form: string, word: string, fill?: () => Promise<void>): Promise<void> {
  await page.getByRole('link', { name: 'Runs' }).click();
  await button(page, form).click();
  await fill?.();
  await expect.poll(() => button(page, word).isEnabled(), soon).toBe(true);
  await button(page, word).click();
  await page.waitForURL(/job=/);
}

/** By the wizard, which names the broken photos before and after. */
async function importFolder(page: Page, photos: string, project: string): Promise<void> {
  const names = async (): Promise<void> => {
    await page.getByText('2 problems').first().waitFor();
    const rows = await page.locator('tbody tr').allTextContents();
    expect(rows).toHaveLength(BROKEN.length);
    BROKEN.forEach((id, at) => expect(rows[at]).toContain(`${id}.jpg`));
  };
  await page.waitForURL(/\/start/);
  await button(page, 'Import a dataset').click();
  await page.getByLabel('Folder of the dataset', { exact: true }).fill(photos);
  await button(page, 'Check').click();
  await page.getByText('Read as: PASCAL VOC').waitFor();
  await names();
  await button(page, 'Next').click();
  await page.getByText('Label in masks').waitFor();
  await button(page, 'Next').click();
  await page.getByLabel('Name of the project', { exact: true }).fill('Scenes');
  await page.getByLabel('Folder of the project', { exact: true }).fill(project);
  await button(page, 'Import').click();
  await page.getByText('The dataset is imported.').waitFor();
  await names();
  await button(page, 'Open the project').click();
  await allImages(page);
}

async function train(page: Page): Promise<void> {
  await submit(page, 'New training', 'Start training', async () => {
    await choose(page, 'backbone', 'tiny');
    await page.getByLabel('Name', { exact: true }).fill('first');
    await page.getByLabel('epochs', { exact: true }).fill('2');
    await page.getByLabel('batchSize', { exact: true }).fill('1');
    await page.keyboard.press('Tab');
  });
  await moreSteps(page);
  await page.locator('.chart canvas').waitFor();
  await moreSteps(page);
}

async function pauseAndGoOn(page: Page): Promise<void> {
  await button(page, 'Pause').click();
  await state(page, 'Paused');
  await button(page, 'Resume').click();
  await state(page, 'Running');
  await moreSteps(page);
}

/** Kills the engine under the training; the shell says so and starts another, which goes on with it. The page stays. */
async function loseTheEngine(app: App, project: string): Promise<void> {
  await answerDialogs(app.electron, 0);
  const engine = (): number => Number(/\d+/.exec(readFileSync(join(project, 'engine.lock'), 'utf8'))![0]);
  const killed = engine();
  process.kill(killed, 'SIGKILL');
  const [shown] = await until(() => shownDialogs(app.electron), (list) => list.length > 0); // prettier-ignore
  expect(shown).toMatchObject({
    message: 'The engine stopped and was started again',
    detail: expect.stringContaining('checkpoint'),
  });
  expect(engine()).not.toBe(killed);
  await app.page.getByText('the engine ended while this was running').waitFor();
}

/** Every step is in the log once, those of the killed engine as well. */
async function endOfTraining(page: Page): Promise<void> {
  await state(page, 'Done');
  const images = Number(await page.locator('dl.figures dd').nth(2).textContent());
  await expect.poll(() => steps(page), soon).toBe(2 * images);
}

async function mapsToFigures(page: Page): Promise<void> {
  await submit(page, 'Make maps', 'Make maps', () => choose(page, 'mode', 'multi'));
  await submit(page, 'Saliency', 'Make saliency maps');
  await submit(page, 'Masks', 'Make masks', () => choose(page, 'Saliency maps', 'saliency-1'));
  await state(page, 'Done');
  await submit(page, 'Evaluate', 'Evaluate');
  await state(page, 'Done');
}

/** Opens the figures of the masks; returns their mean IoU as it is shown. */
async function shownFigure(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Results' }).click();
  await page.getByRole('button', { name: /^masks-masks-1/ }).click();
  await page.locator('.tile').first().waitFor();
  return (await page.locator('.headline dd.first').textContent())!.trim();
}

/** After a restart, from the list of recent projects. */
async function findAll(page: Page, figure: string): Promise<void> {
  await page.waitForURL(/\/start/);
  await page.getByRole('button', { name: /^Scenes/ }).click();
  await allImages(page);
  await page.locator('#tile-0').dblclick();
  for (const layer of ['Localization map · maps-1', 'Saliency · saliency-1', 'Mask · masks-1']) {
    await page.getByRole('button', { name: new RegExp(`(Show|Hide) ${layer}`) }).first().waitFor(); // prettier-ignore
  }
  expect(await shownFigure(page)).toBe(figure);
  await page.getByRole('link', { name: 'Runs' }).click();
  const sets = page.getByRole('region', { name: 'Sets' });
  for (const name of ['maps-1', 'saliency-1', 'masks-1']) await sets.getByRole('button', { name, exact: true }).waitFor(); // prettier-ignore
  await button(page, 'first').click();
  await state(page, 'Done');
  await page.locator('.chart canvas').waitFor();
  await page.getByRole('region', { name: 'Maps after each epoch' }).locator('canvas').first().waitFor();
}
