import { describe, expect, it } from 'vitest';
import { electronReady, startApp, startAppWith, unlessElectron } from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import {
  dragOver,
  ExpectedMask,
  firstLabelOf,
  middleOf,
  projectWithMasks,
  savedMask,
  type Spot,
} from '../../support/mask-work.js';

/** Pixels of the photo that the brush is wide. */
const BRUSH = 9;
/** From the middle of one pixel to that of another. */
const lines: [from: Spot, to: Spot][] = [[[20, 20], [80, 40]], [[30, 60], [90, 90]]]; // prettier-ignore

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
    const label = await firstLabelOf(page, id);
    const corrected = (): Uint8Array => savedMask(root, 'corrected', id).data;
    const saved = (pixels: Uint8Array): Promise<void> => expect.poll(corrected, { timeout: 20_000 }).toEqual(pixels);

    await page.getByRole('spinbutton', { name: 'Size' }).fill(String(BRUSH));
    await page.keyboard.press('Enter');
    await page.getByRole('application', { name: 'Canvas' }).click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('1');
    const expected = new ExpectedMask(savedMask(root, 'others', id));
    const stages: Uint8Array[] = [];
    for (const line of lines) {
      await dragOver(page, expected.map, ...line.map(middleOf));
      stages.push(expected.brush(...line, BRUSH, label).pixels);
      await saved(expected.pixels);
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
