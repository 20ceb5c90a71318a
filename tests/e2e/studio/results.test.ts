import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeLabelMap } from '../../../electron/engine/images/index.js';
import type { Evaluation } from '../../../shared/evaluation.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const IMAGES = 24;
const CLASSES = 4;
/** Milliseconds that a picture may take on a busy machine. */
const soon = { timeout: 20_000 };

/** What is done to the masks of the sample, image by image: nothing, the object lost, another class, the left half alone. */
const damages: ((label: number, x: number, width: number) => number)[] = [
  (label) => label,
  () => 0,
  (label) => (label > 0 && label < 255 ? (label % CLASSES) + 1 : label),
  (label, x, width) => (x < width * 0.45 ? label : 0),
];

/** Ids of the masks of a folder. */
const idsIn = (masks: string): string[] =>
  readdirSync(masks)
    .filter((name) => name.endsWith('.png'))
    .map((name) => name.slice(0, -'.png'.length))
    .sort();

/** Makes masks of the ground truth that fail in each of the ways. */
function damage(masks: string, count = Infinity): void {
  idsIn(masks)
    .slice(0, count)
    .forEach((id, at) => {
      const file = join(masks, `${id}.png`);
      const { width, height, data } = decode(readFileSync(file));
      const spoilt = Uint8Array.from(data, (label, i) => damages[at % damages.length](label, i % width, width));
      writeFileSync(file, encodeLabelMap({ width, height, data: spoilt }));
    });
}

describe.skipIf(!built)('the Results screen (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const project = join(folder, 'scenes');
    let studio: Studio;
    let page: Page;
    beforeAll(async () => {
      const photos = join(folder, 'photos');
      await comask('sample', photos, '--images', String(IMAGES), '--classes', String(CLASSES), '--size', '160x120');
      expect(await comask('new', project, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      expect(await comask('saliency', project, '--saliency', 'builtin')).toMatchObject({ exitCode: 0 });
      studio = await openStudio(project, join(folder, 'screenshots'));
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    it('begins by measuring what there is, and then has a list', async () => {
      await page.getByRole('link', { name: 'Results' }).click();
      await page.getByText('Nothing is measured yet').waitFor();
      await studio.shoot('results-empty');
      await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
      await page.getByRole('button', { name: /saliency-builtin/ }).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Calibration' }).click();
      await page.locator('.chart canvas').first().waitFor();
      await page.waitForLoadState('networkidle');
      await studio.shoot('results-calibration');
    });

    it('shows figures against a baseline, classes and rounds', async () => {
      const truth = join(folder, 'photos', 'SegmentationClass');
      for (const masks of ['drawn', 'fixed']) {
        expect(await comask('import', 'masks', project, '--from', truth, '--masks', masks)).toMatchObject({
          exitCode: 0,
        });
      }
      damage(join(project, 'masks', 'drawn'));
      damage(join(project, 'masks', 'fixed'), 2);
      for (const masks of ['drawn', 'fixed']) {
        expect(await comask('evaluate', project, '--masks', masks)).toMatchObject({ exitCode: 0 });
      }
      await page.reload();
      await page.getByRole('button', { name: /masks-drawn/ }).click();
      await page.getByRole('combobox', { name: 'Compared with' }).click();
      await page.getByRole('option', { name: 'masks-fixed' }).click();
      await page.getByText(/0 images better, \d+ worse/).waitFor();
      await page.getByRole('button', { name: 'Classes' }).click();
      await expect.poll(() => page.getByRole('columnheader', { name: 'Δ' }).count(), soon).toBe(1);
      await page.getByRole('button', { name: 'Images', exact: true }).click();
      await expect
        .poll(() => page.getByRole('columnheader', { name: 'Images' }).getAttribute('aria-sort'))
        .toBe('descending');
      await page.waitForLoadState('networkidle');
      await studio.shoot('results');
      const { evaluated } = JSON.parse(
        readFileSync(join(project, 'evaluations/masks-drawn.json'), 'utf8'),
      ) as Evaluation;
      await page.getByRole('region', { name: 'Images' }).getByText(`${evaluated} images`).waitFor();
    });

    it('writes a report and tables, and says where they are', async () => {
      await page.getByRole('button', { name: 'Write report and tables' }).click();
      await page.getByText(/The report and tables are in evaluations\/masks-drawn/).waitFor({ timeout: 60_000 });
      await studio.shoot('results-report');
      const written = join(project, 'evaluations', 'masks-drawn');
      expect(readdirSync(written).sort()).toEqual(['classes.csv', 'confusion.csv', 'images.csv', 'pairs.csv', 'report.html']); // prettier-ignore
      const header = readFileSync(join(written, 'classes.csv'), 'utf8').split('\r\n')[0];
      expect(header).toMatch(/^label,class,iou,/);
      await page.getByRole('button', { name: 'Copy path' }).click();
      await page.getByText('The path is copied').waitFor();
    });

    it('lists the images of a cell of the matrix, chosen by keys', async () => {
      await page.getByRole('button', { name: 'Confusion matrix' }).click();
      const matrix = page.getByRole('application', { name: 'Confusion matrix' });
      await matrix.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.getByText(/ called background: [1-9]/).waitFor();
      await page.waitForLoadState('networkidle');
      await page.keyboard.press('Enter');
      await page.waitForURL(/truth=1&given=0/);
      await page.getByRole('heading', { name: / called background/ }).waitFor();
      await expect.poll(() => page.locator('.tile').count(), soon).toBeGreaterThan(0);
      await expect.poll(() => page.locator('.tile').count(), soon).toBeLessThan(IMAGES);
      await studio.shoot('results-matrix');
      const box = (await matrix.boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForURL(/truth=2&given=2/);
      await page.getByRole('button', { name: 'Show all images' }).click();
      await page.getByRole('button', { name: 'Part only' }).click();
      await page.waitForURL(/error=part-only/);
      await expect.poll(() => page.locator('.tile').count(), soon).toBeGreaterThan(0);
      await page.locator('.tile').first().hover();
      await page.locator('.tile canvas').waitFor({ state: 'visible' });
    });

    it('opens an image beside its truth, prediction and errors, under one camera', async () => {
      await page.locator('.tile').first().click();
      await page.waitForURL(/results\/image\?/);
      await expect.poll(() => page.locator('.pane canvas:visible').count(), soon).toBe(3);
      await page.waitForLoadState('networkidle');
      await page
        .getByRole('button', { name: /Part only/ })
        .first()
        .hover();
      await expect.poll(() => page.locator('.pane .frame.bright').count(), soon).toBe(4);
      await studio.shoot('result-image');
      const places = () => page.locator('.pane .picture').evaluateAll((all: { style: { transform: string } }[]) => [...new Set(all.map(({ style }) => style.transform))]); // prettier-ignore
      const [before] = await places();
      await page
        .getByRole('button', { name: /Part only/ })
        .first()
        .click();
      await expect.poll(async () => (await places())[0], soon).not.toBe(before);
      const pane = (await page.locator('.pane').nth(3).boundingBox())!;
      await page.mouse.move(pane.x + pane.width / 2, pane.y + pane.height / 2);
      await page.mouse.wheel(0, -300);
      expect(await places()).toHaveLength(1);
      expect(await page.locator('footer').textContent()).toMatch(/x \d+, y \d+.*Truth: .*Prediction: /);
      await studio.shoot('result-image-close');
      await page.keyboard.press('1');
      await expect.poll(() => page.locator('.pane').count(), soon).toBe(3);
      await page.keyboard.press('ArrowRight');
      await page.waitForURL(/at=1/);
      await page.keyboard.press('Escape');
      await page.waitForURL(/\/results\?.*error=part-only/);
    });

    it('lists what became worse, and names what may have caused it', async () => {
      const fuse = [
        '--masks',
        'fused',
        '--saliency',
        'builtin',
        '--set',
        'rule=saliency',
        '--set',
        'saliency.threshold=200',
      ];
      expect(await comask('masks', project, ...fuse)).toMatchObject({ exitCode: 0 });
      expect(await comask('evaluate', project, '--masks', 'fused')).toMatchObject({ exitCode: 0 });
      await page.goto(`${page.url().split('/results')[0]}/results?evaluation=masks-fused&baseline=masks-fixed`);
      await page.getByRole('button', { name: 'Became worse' }).click();
      await page.waitForURL(/changed=worse/);
      await expect.poll(() => page.locator('.tile .value').first().textContent(), soon).toMatch(/^-0\.\d+/);
      await page.locator('.tile').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForURL(/at=1/);
      await page
        .getByText(/^Saliency passes/)
        .first()
        .waitFor();
      await page.keyboard.press('6');
      await page.locator('.pane.saliency canvas').waitFor({ state: 'visible' });
      await studio.shoot('result-image-causes');
      await page.keyboard.press('Escape');
      await page.waitForURL(/changed=worse/);
      await page.getByRole('button', { name: /masks-drawn/ }).click();
    });

    it('says which images were skipped, and of an evaluation that cannot be read', async () => {
      const masks = join(project, 'masks', 'drawn');
      writeFileSync(join(masks, `${idsIn(masks)[3]}.png`), 'no picture');
      expect(await comask('evaluate', project, '--masks', 'drawn')).toMatchObject({ exitCode: 0 });
      writeFileSync(join(project, 'evaluations/broken.json'), '{}');
      await page.reload();
      await page.getByRole('button', { name: /^Skipped/ }).click();
      await page.getByText('left out of the figures').waitFor();
      await page.getByText('broken.json', { exact: true }).waitFor();
      await studio.shoot('results-skipped');
    });

    it('breaks no rule of the page and logs no error', () => expect(studio.said).toEqual([]));
  });
});
