import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLabelMap, readGrey } from '../../../electron/engine/images/index.js';
import { api } from '../../../shared/api/index.js';
import { fusionRule } from '../../../shared/fusion/registry.js';
import { Edit } from '../../../shared/label-map/edit.js';
import { replaceOutline } from '../../../shared/label-map/polygon.js';
import { free, rulesFor } from '../../../shared/label-map/rules.js';
import { maskSettings, type MaskSettings } from '../../../shared/settings/index.js';
import type { LabelMap } from '../../../shared/types.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
/** Its edges lie between the centres of pixels, whatever a pointer's place is rounded to. */
const corners: [number, number][] = [[20, 20], [120, 20], [120, 80], [70, 80], [70, 100], [20, 100]]; // prettier-ignore
/** Steps by which the weight of saliency is moved. */
const STEPS = 30;

describe.skipIf(!built)('deriving a mask anew inside an outline (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const root = join(folder, 'sample');
    let studio: Studio;
    let page: Page;
    let id: string;
    const read = (set: string): LabelMap => decodeLabelMap(readFileSync(join(root, 'masks', set, `${id}.png`)), set);

    beforeAll(async () => {
      expect(await comask('sample', root, '--project')).toMatchObject({ exitCode: 0 });
      studio = await openStudio(root, join(folder, 'screenshots'));
      page = studio.page;
    });
    afterAll(async () => await studio?.close());

    /** What the maps of the set give with other settings, without a page. */
    async function derived(classes: readonly number[], settings: MaskSettings, maps: string, saliency: string) {
      const { width, height } = read('fused');
      const files = readdirSync(join(root, 'maps', maps));
      const of = classes.filter((index) => files.includes(`${id}_${index}.png`));
      const named = await Promise.all(
        of.map(async (classIndex) => ({ classIndex, map: await readGrey(join(root, 'maps', maps, `${id}_${classIndex}.png`)) })),
      ); // prettier-ignore
      const salient = await readGrey(join(root, 'saliency', saliency, `${id}.png`));
      return fusionRule(settings.rule).fuse({ width, height, classes, maps: named, saliency: salient }, settings);
    }

    it('takes what maps and saliency give at the thresholds in hand, to the pixel, and nothing outside', async () => {
      await page.getByRole('link', { name: 'Masks' }).click();
      await page.waitForURL(/\/editor/);
      await page.getByText('Begun with fused').waitFor();
      id = new URL(page.url()).searchParams.get('id')!;
      const canvas = page.getByRole('application', { name: 'Canvas' });
      await page.keyboard.press('y');
      const weight = page.getByRole('slider', { name: 'Share of saliency' });
      await weight.focus();
      for (let step = 0; step < STEPS; step++) await page.keyboard.press('ArrowRight');
      const moved = Number(await weight.getAttribute('aria-valuenow'));
      await studio.shoot('editor-rederive');

      const box = (await page.locator('img.photo').boundingBox())!;
      const before = read('fused');
      const on = ([x, y]: [number, number]): [number, number] => [box.x + (x * box.width) / before.width, box.y + (y * box.height) / before.height]; // prettier-ignore
      await canvas.hover();
      await page.mouse.move(...on(corners[0]));
      await page.mouse.down();
      for (const corner of corners.slice(1)) await page.mouse.move(...on(corner));
      await page.mouse.up();
      await page.getByText(/Saved \d/).waitFor({ timeout: 10_000 });
      await page.getByRole('button', { name: 'Derived anew' }).waitFor();

      const { client, project } = studio.serving;
      const { sets } = await client.call(api.sets.list, { params: { project } });
      const made = sets.find(({ kind, name }) => kind === 'masks' && name === 'fused')!;
      const parent = (kind: string): string => made.parents.find((one) => one.kind === kind)!.name;
      const { classes } = await client.call(api.images.get, { params: { project, id } });
      const settings = { ...maskSettings.defaults(), ...made.settings, 'plain.saliencyWeight': moved } as MaskSettings;
      const whole = await derived(classes, settings, parent('maps'), parent('saliency'));
      const edit = new Edit(before, rulesFor(before, free));
      const pseudo = before.data.slice();
      replaceOutline(edit, corners.map(([x, y]) => ({ x, y })), whole.data); // prettier-ignore
      expect(before.data).not.toEqual(pseudo);
      expect(read('corrected').data).toEqual(before.data);
    });

    it('is taken back to the pixel', async () => {
      await page.keyboard.press('Control+z');
      await expect.poll(() => read('corrected').data, { timeout: 10_000 }).toEqual(read('fused').data);
    });
  });
});
