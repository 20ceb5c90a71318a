import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { decodeLabelMap } from '../../electron/engine/images/index.js';
import { findRuntime } from '../../electron/engine/learn/runtime/installed.js';
import { thisMachine } from '../../electron/engine/learn/runtime/places.js';
import { api, urlOf } from '../../shared/api/index.js';
import { comask } from './cli.js';

/** Width of the photos. */
const WIDTH = 96;
const soon = { timeout: 30_000 };

/** Whether anything can be trained here. */
export function runtimeFound(): boolean {
  try {
    return findRuntime(thisMachine()) !== null;
  } catch {
    return false;
  }
}

/** A project of small scenes with masks `drawn`, which are right. Returns its folder. */
export async function projectToFix(folder: string): Promise<string> {
  const [photos, project] = ['photos', 'scenes'].map((name) => join(folder, name));
  await comask('sample', photos, '--images', '16', '--classes', '3', '--size', `${WIDTH}x72`);
  expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
  const masks = ['import', 'masks', project, '--from', join(photos, 'SegmentationClass'), '--masks', 'drawn'];
  expect(await comask(...masks)).toMatchObject({ exitCode: 0 });
  return project;
}

/** The loop of training, measuring, fixing and training again, all by the page of a project from projectToFix. */
export function fixLoop(page: Page, project: string) {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const rounds = (): Locator => page.locator('.rounds ol li');
  /** What the engine answers to the page, as text: the tests know no DOM. */
  const asked = async <Answer>(path: string): Promise<Answer> =>
    (await page.evaluate(`fetch(${JSON.stringify(path)}).then((response) => response.json())`)) as Answer;
  const params = async (): Promise<{ project: string }> => {
    const { projects } = await asked<{ projects: { key: string }[] }>(urlOf(api.projects.list, {}));
    return { project: projects[0].key };
  };
  const choose = async (label: string, word: string): Promise<void> => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: word, exact: true }).click();
  };
  const start = async (name: string): Promise<void> => {
    await expect.poll(() => button(name).isEnabled(), soon).toBe(true);
    await button(name).click();
    await page.waitForURL(/job=/);
    await page.locator('.state', { hasText: 'Done' }).first().waitFor({ timeout: 120_000 });
  };
  const evaluation = (number: number): Locator =>
    page.getByRole('button', { name: new RegExp(`predictions-predictions-${number}-train`) });

  /** A segmenter trained on what there is, its predictions of all images, and their figures. */
  async function round(number: number): Promise<void> {
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.waitForURL(/\/runs/);
    await button('Train segmenter').click();
    await choose('segmenter', 'tiny-largefov');
    for (const [name, value] of [['iterations', '6'], ['batchSize', '2'], ['cropSize', '65']]) {
      await page.getByLabel(name, { exact: true }).fill(value);
    } // prettier-ignore
    await start('Start training');
    await button('Segment').click();
    await choose('Split', 'train');
    await start('Segment');
    await page.getByRole('link', { name: 'Results' }).click();
    await page.waitForURL(/\/results/);
    await button('New evaluation').or(button('Evaluate')).waitFor(soon);
    if (await button('New evaluation').isVisible()) await button('New evaluation').click();
    await choose('Measure', `Predictions · predictions-${number}`);
    await choose('Split', 'train');
    await button('Evaluate').click();
    await evaluation(number).waitFor({ timeout: 60_000 });
  }

  /** From a cell of the confusion matrix to an image that is learnt from, and on to the editor at its largest error. */
  async function openAtError(): Promise<void> {
    await button('Confusion matrix').click();
    const matrix = page.getByRole('application', { name: 'Confusion matrix' });
    await matrix.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.getByText(/ called background: [1-9]/).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/truth=1&given=0/);
    // Only masks of images that are learnt from can make the next training better.
    const { ids } = await asked<{ ids: string[] }>(urlOf(api.images.ids, { params: await params(), query: { split: 'train', limit: 100 } })); // prettier-ignore
    await page.locator('.tile').first().waitFor();
    const shown = await page.locator('.tile').allTextContents();
    const first = shown.findIndex((text) => ids.some((one) => text.includes(one)));
    expect(first).toBeGreaterThanOrEqual(0);
    await page.locator('.tile').nth(first).click();
    await page.waitForURL(/results\/image\?/);
    await page.getByRole('button', { name: /Fix the mask at the largest error/ }).click();
    await page.waitForURL(/\/editor\?.*box=/);
    await page.getByText('Begun with drawn').waitFor();
    await page.waitForURL(/at=\d+/);
  }

  /** The box that the editor was asked to show is in the middle of its canvas. */
  async function expectBoxInTheMiddle(): Promise<void> {
    const box = new URL(page.url()).searchParams.get('box')!;
    const [left, top, width, height] = box.split(',').map(Number);
    const photo = (await page.locator('img.photo').boundingBox())!;
    const stage = (await page.getByRole('application', { name: 'Canvas' }).boundingBox())!;
    const scale = photo.width / WIDTH;
    expect(photo.x + (left + width / 2) * scale).toBeCloseTo(stage.x + stage.width / 2, 0);
    expect(photo.y + (top + height / 2) * scale).toBeCloseTo(stage.y + stage.height / 2, 0);
  }

  /** A dab in the middle of the canvas, saved and accepted. */
  async function fixAndAccept(): Promise<void> {
    const id = new URL(page.url()).searchParams.get('id')!;
    const canvas = page.getByRole('application', { name: 'Canvas' });
    const { width, height } = (await canvas.boundingBox())!;
    await page.keyboard.press('b');
    await page.keyboard.press('`');
    await canvas.click({ position: { x: width / 2, y: height / 2 } });
    await page.getByText(/Saved \d/).waitFor(soon);
    await page.keyboard.press('Control+Enter');
    const image = urlOf(api.images.get, { params: { ...(await params()), id } });
    await expect.poll(async () => (await asked<{ review: string }>(image)).review, soon).toBe('reviewed');
    const read = (set: string) => decodeLabelMap(readFileSync(join(project, 'masks', set, `${id}.png`)), set).data;
    expect(read('corrected')).not.toEqual(read('drawn'));
  }

  /** The counter says what was done between the two rounds. */
  async function expectRounds(): Promise<void> {
    await evaluation(2).click();
    await expect.poll(() => rounds().count(), soon).toBe(2);
    expect(await rounds().nth(0).textContent()).toMatch(/^1\s*Before fixing\s*0\.\d{3}$/);
    expect(await rounds().nth(1).textContent()).toMatch(/^2\s*After retraining on 1 more fixed mask\s*0\.\d{3}$/);
    await page.waitForLoadState('networkidle');
  }

  return { rounds, round, openAtError, expectBoxInTheMiddle, fixAndAccept, expectRounds };
}
