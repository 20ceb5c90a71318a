import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/engine/project/project.js';
import { makeMaskSet } from '../../../electron/engine/services/mask-set.js';
import { REVIEW_QUEUE_TAG } from '../../../shared/dataset/review.js';
import { maskSettings } from '../../../shared/settings/index.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt } from '../../support/cli.js';
import { put } from '../../support/dataset.js';
import { folderUntilEnd } from '../../support/folder.js';
import { halves, measuredProject } from '../../support/measured.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
/** It disagrees with its saliency map; the other is put first by a tag. */
const [WORST, TAGGED] = ['i004', 'i006'];

describe.skipIf(!built)('the review queue (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    let [root, studio, page] = ['', null! as Studio, null! as Page];
    const panel = () => page.getByRole('region', { name: 'Review queue' });
    const shows = (id: string): Promise<void> => page.getByRole('heading', { level: 2, name: id }).waitFor({ timeout: 20_000 }); // prettier-ignore
    const place = (text: string): Promise<void> =>
      panel().getByText(text, { exact: true }).waitFor({ timeout: 20_000 });
    const accept = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Accept, next', disabled: false }).waitFor({ timeout: 20_000 });
      await page.keyboard.press('Control+Enter');
    };
    const stored = (id: string) => {
      const project = openProject(root);
      try {
        return project.store.browser.image(id)!;
      } finally {
        project.close();
      }
    };

    beforeAll(async () => {
      const project = await measuredProject(folder, 8);
      root = project.root;
      put(root, `saliency/good/${WORST}.png`, halves(10, 220));
      const settings = maskSettings.resolve({ 'plain.saliencyWeight': 0 });
      await makeMaskSet(project, { masks: 'fused', maps: 'good', saliency: 'good' }, settings, () => undefined, new AbortController().signal); // prettier-ignore
      const change = { addClasses: [], removeClasses: [], addTags: [REVIEW_QUEUE_TAG], removeTags: [] };
      project.store.edits.apply({ ids: [TAGGED] }, change);
      project.close();
      studio = await openStudio(root, join(folder, 'screenshots'));
      page = studio.page;
      await page.waitForURL(/\/dataset/);
      await page.goto(page.url().replace(/dataset.*/, 'editor'));
      await shows('i000');
    }, 120_000);
    afterAll(() => studio?.close());

    it('says what to do before anything is computed', async () => {
      await page.keyboard.press('Shift+Q');
      await panel().getByText('Not ordered yet').waitFor({ timeout: 20_000 });
      await place('2 of 8');
      await studio.shoot('queue-empty');
    }, 60_000);

    it('shows the terms once they are computed', async () => {
      await panel().getByRole('button', { name: 'Compute' }).click();
      await panel().getByText('Disagreement').waitFor({ timeout: 60_000 });
      await panel().getByRole('button', { name: 'Compute again' }).waitFor({ timeout: 20_000 });
      await studio.shoot('queue-terms');
    }, 120_000);

    it('goes from what was put first to what is worth most, and takes the tag away', async () => {
      await panel().getByRole('button', { name: 'To the first' }).click();
      await shows(TAGGED);
      await place('1 of 8');
      await accept();
      await shows(WORST);
      await place('1 of 7');
      expect(stored(TAGGED)).toMatchObject({ review: 'reviewed', tags: [] });
      await accept();
      await place('1 of 6');
      await panel()
        .getByText(/images an hour in this session/)
        .waitFor({ timeout: 20_000 });
      await studio.shoot('queue-going');
    }, 120_000);

    it('is left by its key, and nothing was said on the console', async () => {
      await page.keyboard.press('Shift+Q');
      await panel().waitFor({ state: 'detached', timeout: 20_000 });
      expect(studio.said).toEqual([]);
    });
  });
});
