import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { decodeLabelMap } from '../../../electron/engine/images/index.js';
import { Edit } from '../../../shared/label-map/edit.js';
import { free, rulesFor } from '../../../shared/label-map/rules.js';
import { stroke } from '../../../shared/label-map/stroke.js';
import { tipOf } from '../../../shared/label-map/tip.js';
import type { LabelMap } from '../../../shared/types.js';
import { comask } from '../../support/cli.js';
import { electronReady, inPage, startApp, startAppWith, unlessElectron, type App } from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';

/** Of the photos and, in pixels of them, of the brush. */
const [WIDTH, HEIGHT, BRUSH] = [160, 120, 9];
/** From the middle of one pixel to that of another. */
type Line = [from: [x: number, y: number], to: [x: number, y: number]];
const lines: Line[] = [[[20, 20], [80, 40]], [[30, 60], [90, 90]]]; // prettier-ignore

describe.skipIf(!electronReady)(`a mask mended in the desktop app (${unlessElectron})`, () => {
  it('is painted, undone, redone and accepted, and is there to the pixel after a restart', async () => {
    const root = await projectWithMasks(temporaryFolder());
    const app = await startApp(root);
    const { page } = app;
    await page.locator('#tile-1').dblclick();
    await page.waitForURL(/\/image\?/);
    await page.keyboard.press('b');
    await page.waitForURL(/\/editor\?/);
    await page.getByText('Begun with others').waitFor();
    const id = new URL(page.url()).searchParams.get('id')!;
    const label = await firstLabel(app, id);
    const read = (set: string): LabelMap => decodeLabelMap(readFileSync(join(root, 'masks', set, `${id}.png`)), set);
    const corrected = (): Uint8Array => read('corrected').data;
    const saved = (pixels: Uint8Array): Promise<void> => expect.poll(corrected, { timeout: 20_000 }).toEqual(pixels);

    await page.getByRole('spinbutton', { name: 'Size' }).fill(String(BRUSH));
    await page.keyboard.press('Enter');
    await page.getByRole('application', { name: 'Canvas' }).click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('1');
    const expected = read('others');
    const stages: Uint8Array[] = [];
    for (const line of lines) {
      await drag(page, line);
      paint(expected, line, label);
      stages.push(expected.data.slice());
      await saved(expected.data);
    }
    await page.keyboard.press('Control+z');
    await saved(stages[0]);
    await page.keyboard.press('Control+Shift+z');
    await saved(stages[1]);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL((url) => url.searchParams.get('id') !== id);
    await app.electron.close();

    const again = await startAppWith(app, root);
    await again.page.locator('#tile-1').dblclick();
    await again.page.waitForURL(/\/image\?/);
    await again.page.getByText('Reviewed', { exact: true }).waitFor();
    await again.page.keyboard.press('b');
    await again.page.getByText('Begun with the mask made by hand').waitFor();
    expect(corrected()).toEqual(stages[1]);
    await again.electron.close();
  });
});

/** A project of small scenes with masks `others`. */
async function projectWithMasks(folder: string): Promise<string> {
  const [photos, root] = [join(folder, 'photos'), join(folder, 'scenes')];
  await comask('sample', photos, '--images', '6', '--classes', '4', '--size', `${WIDTH}x${HEIGHT}`);
  expect(await comask('new', root, '--dataset', photos)).toMatchObject({ exitCode: 0 });
  const masks = ['--from', join(photos, 'SegmentationClass'), '--masks', 'others'];
  expect(await comask('import', 'masks', root, ...masks)).toMatchObject({ exitCode: 0 });
  return root;
}

/** Label of the first class of the image, which the key 1 takes up: its name stands first in the palette. */
const firstLabel = (app: App, id: string): Promise<number> =>
  inPage(
    app,
    `(async () => {
      const { projects } = await (await fetch('/api/projects')).json();
      const { classes } = await (await fetch('/api/projects/' + projects[0].key + '/images/${id}')).json();
      return classes[0] + 1;
    })()`,
  );

/** Draws with the mouse; the photo is fitted into the window. */
async function drag(page: Page, [from, to]: Line): Promise<void> {
  const box = (await page.locator('img.photo').boundingBox())!;
  const on = ([x, y]: [number, number]): [number, number] => [
    box.x + ((x + 0.5) * box.width) / WIDTH,
    box.y + ((y + 0.5) * box.height) / HEIGHT,
  ];
  await page.mouse.move(...on(from));
  await page.mouse.down();
  await page.mouse.move(...on(to));
  await page.mouse.up();
}

/** The same without a window. */
function paint(map: LabelMap, [from, to]: Line, label: number): void {
  const [start, end] = [from, to].map(([x, y]) => ({ x, y }));
  stroke(new Edit(map, rulesFor(map, free)), start, end, tipOf('round', BRUSH), label);
}
