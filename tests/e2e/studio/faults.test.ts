import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Dialog, Page, Request } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { decodeLabelMap } from '../../../electron/engine/images/index.js';
import { api } from '../../../shared/api/index.js';
import { Edit } from '../../../shared/label-map/edit.js';
import { free, rulesFor } from '../../../shared/label-map/rules.js';
import { stroke } from '../../../shared/label-map/stroke.js';
import { tipOf } from '../../../shared/label-map/tip.js';
import type { LabelMap } from '../../../shared/types.js';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt, comask } from '../../support/cli.js';
import { jpeg } from '../../support/dataset.js';
import { folderUntilEnd } from '../../support/folder.js';
import { mayMount, readOnly, smallDisk } from '../../support/mount.js';
import { startServing, type Serving } from '../../support/serve.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));
const [WIDTH, HEIGHT, SIZE, IGNORED] = [160, 120, 9, 255];
const soon = { timeout: 10_000 };
/** The longest that a page waits between two tries in these tests. */
const afterTries = { timeout: 30_000 };

type Place = [x: number, y: number];

/** What a hand would paint, without a page. */
function painted(map: LabelMap, from: Place, to: Place): void {
  const [a, b] = [from, to].map(([x, y]) => ({ x, y }));
  stroke(new Edit(map, rulesFor(map, free)), a, b, tipOf('round', SIZE), IGNORED);
}
const copyOf = (map: LabelMap): LabelMap => ({ ...map, data: map.data.slice() });

describe.skipIf(!built)('faults under the mask editor (skipped unless bundled: npm run build)', () => {
  describe.skipIf(!chromiumFound)('in chromium (skipped where it is absent; CHROMIUM names it)', () => {
    const folder = folderUntilEnd();
    const [root, photos] = [join(folder, 'scenes'), join(folder, 'photos')];
    const corrected = join(root, 'masks/corrected');
    let studio: Studio;
    let serving: Serving;
    let page: Page;
    let ids: string[];
    let id: string;
    /** What the mask in hand should be. */
    let expected: LabelMap;

    const fileOf = (image: string): string => join(corrected, `${image}.png`);
    const read = (file = fileOf(id)): LabelMap => decodeLabelMap(readFileSync(file), file);
    const holds = (map: LabelMap, file = fileOf(id)): boolean => existsSync(file) && Buffer.from(read(file).data).equals(map.data); // prettier-ignore
    const onDisk = (options = soon) => expect.poll(() => holds(expected), options).toBe(true);
    const notice = () => page.getByRole('alert').filter({ hasText: /kept in this browser|Nothing is written/ });
    const words = () => notice().textContent();
    const isSave = (request: Request): boolean => request.method() === 'PUT' && request.url().endsWith('/masks/corrected'); // prettier-ignore
    const photoOf = async (image: string): Promise<string> => (await serving.client.call(api.images.get, { params: { project: serving.project, id: image } })).file; // prettier-ignore

    async function on(window: Page, [x, y]: Place): Promise<Place> {
      const box = (await window.locator('img.photo').boundingBox())!;
      return [box.x + ((x + 0.5) * box.width) / expected.width, box.y + ((y + 0.5) * box.height) / expected.height];
    }
    async function drag(from: Place, to: Place, window = page): Promise<void> {
      await window.mouse.move(...(await on(window, from)));
      await window.mouse.down();
      await window.mouse.move(...(await on(window, to)));
      await window.mouse.up();
    }
    async function paint(from: Place, to: Place): Promise<void> {
      await drag(from, to);
      painted(expected, from, to);
    }
    /** Takes up a brush of `SIZE` that makes pixels ignored. */
    async function takeBrush(window = page): Promise<void> {
      await window.getByRole('spinbutton', { name: 'Size' }).fill(String(SIZE));
      await window.keyboard.press('Enter');
      await window.getByRole('application', { name: 'Canvas' }).focus();
      await window.keyboard.press('b');
      await window.keyboard.press('`');
    }
    const addressOf = (image: string): string => `${serving.origin}/projects/${serving.project}/editor?id=${image}&at=${ids.indexOf(image)}`; // prettier-ignore
    async function openImage(at: number, window = page): Promise<void> {
      await window.goto(addressOf(ids[at]));
      await window.getByText(/^Begun with/).waitFor();
      await window.locator('img.photo').waitFor();
      await window.waitForLoadState('networkidle');
      await takeBrush(window);
      id = ids[at];
      expected = read(join(root, 'masks', existsSync(fileOf(id)) ? 'corrected' : 'others', `${id}.png`));
    }
    async function kill(): Promise<void> {
      serving.running.kill('SIGKILL');
      await serving.running.ended;
    }
    const start = async (): Promise<void> => {
      serving = await startServing(root, {}, '--port', new URL(studio.serving.origin).port);
    };
    /** What the link that the engine prints does in a browser. */
    async function enter(): Promise<void> {
      const [name, value] = serving.cookie.split('=');
      await page.context().addCookies([{ name, value, url: serving.origin }]);
    }
    async function reload(): Promise<void> {
      // The page asks before it goes only where something is not saved.
      const go = (dialog: Dialog): void => void dialog.accept();
      page.on('dialog', go);
      await page.goto('about:blank');
      page.off('dialog', go);
      await page.goto(addressOf(id));
    }

    beforeAll(async () => {
      await comask('sample', photos, '--images', '12', '--classes', '3', '--size', `${WIDTH}x${HEIGHT}`);
      expect(await comask('new', root, '--dataset', photos)).toMatchObject({ exitCode: 0 });
      const masks = ['--from', join(photos, 'SegmentationClass'), '--masks', 'others'];
      expect(await comask('import', 'masks', root, ...masks)).toMatchObject({ exitCode: 0 });
      mkdirSync(corrected, { recursive: true });
      studio = await openStudio(root, join(folder, 'screenshots'));
      [page, serving] = [studio.page, studio.serving];
      ids = (await serving.client.call(api.images.ids, { params: { project: serving.project }, query: { limit: 12 } })).ids; // prettier-ignore
    }, 60_000);
    afterAll(async () => {
      await studio?.close();
      serving?.running.kill('SIGKILL');
    });

    describe('an engine that is killed', () => {
      it('in the middle of a save loses no stroke: the page says so, and saves once it is let in again', async () => {
        await openImage(0);
        serving.running.kill('SIGSTOP');
        const sent = page.waitForRequest(isSave);
        await paint([20, 20], [60, 30]);
        await sent;
        await kill();
        await expect
          .poll(words, soon)
          .toMatch(/The engine does not answer.*masks\/corrected\/.*start Comask Studio again/);
        expect(await words()).toContain(`masks/corrected/${id}.png`);
        await page.getByText('Not saved; trying again').waitFor();
        await page.getByText('No connection to the engine; trying again').waitFor();
        await studio.shoot('faults-no-engine');
        // What covers the photo can be put away, and comes back by a press or for another reason.
        await notice().getByRole('button', { name: 'Close' }).click();
        await expect.poll(() => notice().count(), soon).toBe(0);
        await page.getByRole('button', { name: 'Not saved; trying again' }).click();
        await notice().getByRole('button', { name: 'Close' }).click();
        await expect.poll(() => notice().count(), soon).toBe(0);
        await paint([20, 60], [60, 70]);
        await start();
        await expect.poll(words, afterTries).toMatch(/Access denied.*started anew.*Open the studio by the link/);
        expect(existsSync(fileOf(id))).toBe(false);
        await enter();
        await onDisk(afterTries);
        await expect.poll(() => page.getByRole('alert').count(), soon).toBe(0);
        await expect.poll(() => page.getByText('No connection to the engine').count(), afterTries).toBe(0);
      });

      it('gives its strokes back to a page that was loaded anew meanwhile', async () => {
        await openImage(0);
        await kill();
        await paint([100, 20], [140, 30]);
        await expect.poll(words, soon).toContain('The engine does not answer');
        await expect(reload()).rejects.toThrow('ERR_CONNECTION_REFUSED');
        await start();
        await enter();
        await reload();
        await page.getByText('Strokes that had not been saved were brought back.').waitFor();
        await onDisk();
      });

      it.each(['a page that stays', 'a page that is loaded anew'])(
        'after it has written, before it has said so, is no conflict for %s',
        async (which) => {
          await openImage(1);
          const y = which.endsWith('stays') ? 60 : 90;
          const written = new Promise<void>((done) => {
            void page.route('**/masks/corrected', async (route) => {
              await route.fetch();
              await kill();
              await route.abort();
              done();
            });
          });
          await paint([20, y], [60, y]);
          await written;
          await onDisk();
          await page.unroute('**/masks/corrected');
          await paint([90, y], [140, y]);
          await expect.poll(words, soon).toContain('The engine does not answer');
          await start();
          await enter();
          if (!which.endsWith('stays')) {
            await reload();
            await page.getByText('Strokes that had not been saved were brought back.').waitFor();
          }
          await onDisk(afterTries);
          await page.getByText(/Saved \d/).waitFor();
          expect(await page.getByRole('button', { name: 'Merge both' }).count()).toBe(0);
        },
      );

      it('at any moment of a save leaves the mask before or the one after', async () => {
        await openImage(2);
        for (const [turn, delay] of [0, 3, 9, 20].entries()) {
          const before = copyOf(expected);
          const sent = page.waitForRequest(isSave);
          await paint([20, 20 + 20 * turn], [140, 20 + 20 * turn]);
          await sent;
          await page.waitForTimeout(delay);
          await kill();
          if (existsSync(fileOf(id))) expect(holds(before) || holds(expected)).toBe(true);
          await start();
          await enter();
          await onDisk(afterTries);
          await page.getByText(/Saved \d/).waitFor();
        }
      });
    });

    describe('a folder that cannot take the mask', () => {
      it.skipIf(!mayMount)('because the disk is full (skipped where this process may not mount)', async () => {
        await openImage(3);
        const unmount = smallDisk(corrected, 16_384);
        onTestFinished(unmount);
        const filler = join(corrected, 'filler');
        expect(() => writeFileSync(filler, Buffer.alloc(65_536))).toThrow('ENOSPC');
        await paint([20, 20], [60, 30]);
        await expect.poll(words, soon).toMatch(/The disk is full.*Free some disk space/);
        expect(await words()).toContain(fileOf(id));
        await studio.shoot('faults-disk-full');
        await paint([20, 60], [60, 70]);
        expect(readdirSync(corrected)).toEqual(['filler']);
        rmSync(filler);
        await onDisk(afterTries);
        await expect.poll(() => page.getByRole('alert').count(), soon).toBe(0);
        expect(readdirSync(corrected)).toEqual([`${id}.png`]);
      });

      it.skipIf(!mayMount && process.getuid?.() === 0)(
        'because it is read-only (skipped for a root that may not mount)',
        async () => {
          await openImage(4);
          const release = mayMount ? readOnly(corrected) : () => chmodSync(corrected, 0o755);
          if (!mayMount) chmodSync(corrected, 0o555);
          let released = false;
          const letGo = (): void => {
            if (!released) release();
            released = true;
          };
          onTestFinished(letGo);
          await paint([20, 20], [60, 30]);
          await expect.poll(words, soon).toMatch(/The folder cannot be written.*may be written to/);
          expect(await words()).toContain(fileOf(id));
          await studio.shoot('faults-read-only');
          letGo();
          await page.getByRole('button', { name: 'Try again' }).click();
          await onDisk();
          await expect.poll(() => page.getByRole('alert').count(), soon).toBe(0);
        },
      );
    });

    describe('two windows on one image', () => {
      it('ask the later one, whose mask stands where it keeps its own, and goes where it takes the other', async () => {
        await openImage(5);
        const other = await page.context().newPage();
        onTestFinished(() => other.close());
        await openImage(5, other);
        const theirs = copyOf(expected);
        await paint([20, 20], [60, 30]);
        await onDisk();
        const mine = copyOf(expected);

        await drag([20, 60], [60, 70], other);
        painted(theirs, [20, 60], [60, 70]);
        await other.getByRole('button', { name: 'Keep mine' }).waitFor();
        expect(await other.getByRole('alert').textContent()).toMatch(/Changed elsewhere.*Nothing is written/);
        expect(await other.getByRole('alert').textContent()).toContain(fileOf(id));
        expect(holds(mine)).toBe(true);
        await other.getByRole('button', { name: 'Keep mine' }).click();
        await expect.poll(() => holds(theirs), soon).toBe(true);

        await paint([100, 20], [140, 30]);
        await page.getByRole('button', { name: 'Take the other' }).click();
        await expect.poll(() => page.getByRole('alert').count(), soon).toBe(0);
        expect(holds(theirs)).toBe(true);
        // What was given up is a step back.
        await page.getByRole('application', { name: 'Canvas' }).focus();
        await page.keyboard.press('Control+z');
        await onDisk();
      });

      it('keep what the one could not save while the other saves', async () => {
        await openImage(6);
        const other = await page.context().newPage();
        onTestFinished(() => other.close());
        await openImage(6, other);
        await drag([20, 20], [60, 30], other);
        await other.getByText(/Saved \d/).waitFor();
        await paint([20, 60], [60, 70]);
        await page.getByRole('button', { name: 'Keep mine' }).waitFor();
        await drag([20, 90], [60, 100], other);
        await other.getByText(/Saved \d/).waitFor();
        await expect.poll(() => read().data[95 * WIDTH + 40], soon).toBe(IGNORED);
        await reload();
        await page.getByText('Strokes that had not been saved were brought back.').waitFor();
        await page.getByRole('button', { name: 'Keep mine' }).click();
        await onDisk();
      });
    });

    describe('a photo', () => {
      it('of another size in the place of the one that is painted on holds the mask back until it is put back', async () => {
        await openImage(7);
        const photo = await photoOf(id);
        const whole = readFileSync(photo);
        onTestFinished(() => writeFileSync(photo, whole));
        writeFileSync(photo, await jpeg(80, 60));
        await paint([20, 20], [60, 30]);
        await expect
          .poll(words, soon)
          .toMatch(/Sizes do not match.*80x60 by now, the mask 160x120.*Put back the photo/);
        expect(await words()).toContain(photo);
        expect(existsSync(fileOf(id))).toBe(false);

        // On the other photo another mask is begun, and does not touch what was painted.
        await reload();
        await page.getByText('Sizes do not match').waitFor();
        expect(await page.getByRole('alert').textContent()).toContain(photo);
        await page.getByRole('button', { name: 'Begin with an empty mask' }).click();
        await page.getByText('Begun with an empty mask').waitFor();
        await takeBrush();
        const large = expected;
        expected = { width: 80, height: 60, data: new Uint8Array(80 * 60) };
        await paint([20, 20], [40, 30]);
        await onDisk();

        writeFileSync(photo, whole);
        await reload();
        await page.getByText('Strokes that had not been saved were brought back.').waitFor();
        await page.getByRole('button', { name: 'Keep mine' }).click();
        const small = expected;
        expected = large;
        await onDisk();
        const history = join(root, 'history', id);
        expect(readdirSync(history).some((name) => holds(small, join(history, name)))).toBe(true);
      });

      it('that is deleted is named, and the mask can be saved without it', async () => {
        await openImage(8);
        const photo = await photoOf(id);
        const whole = readFileSync(photo);
        onTestFinished(() => writeFileSync(photo, whole));
        rmSync(photo);
        await paint([20, 20], [60, 30]);
        await onDisk();
        await reload();
        await page.getByText('Photo cannot be shown').waitFor();
        expect(await page.getByRole('application', { name: 'Canvas' }).textContent()).toContain(photo);
        await page.getByText('Begun with the mask made by hand').waitFor();
        await studio.shoot('faults-no-photo');
        expect(holds(expected)).toBe(true);
      });
    });

    it('a mask file of no bytes does not take what the browser has kept with it', async () => {
      await openImage(9);
      await paint([20, 20], [60, 30]);
      await onDisk();
      await kill();
      await paint([20, 60], [60, 70]);
      await expect.poll(words, soon).toContain('The engine does not answer');
      writeFileSync(fileOf(id), '');
      await start();
      await enter();
      await reload();
      await page.getByText('Strokes that had not been saved were brought back.').waitFor();
      await page.getByRole('button', { name: 'Take the other' }).click();
      await page.getByText('A file is damaged').waitFor();
      expect(readFileSync(fileOf(id))).toHaveLength(0);
      await page.getByRole('button', { name: 'Keep mine' }).click();
      await onDisk();
    });

    it('a class that is renamed or taken out of project.json changes no mask, and what cannot be saved says why', async () => {
      const file = join(root, 'project.json');
      const whole = readFileSync(file, 'utf8');
      const config = JSON.parse(whole) as { classes: string[] };
      const last = config.classes.length;
      const at = ids.findIndex((image) => !existsSync(fileOf(image)) && read(join(root, 'masks/others', `${image}.png`)).data.includes(last)); // prettier-ignore
      expect(at).toBeGreaterThanOrEqual(0);
      await kill();
      onTestFinished(() => writeFileSync(file, whole));
      writeFileSync(file, JSON.stringify({ ...config, classes: ['renamed', ...config.classes.slice(1, -1)] }));
      await start();
      await enter();
      await openImage(at);
      expect(expected.data).toContain(last);
      await page.getByRole('button', { name: /^renamed/ }).first().waitFor(); // prettier-ignore
      expect(await page.getByText(config.classes[0], { exact: true }).count()).toBe(0);
      await paint([5, 5], [20, 5]);
      await expect.poll(words, soon).toMatch(/A label is unknown.*put the class back into project\.json/);
      expect(await words()).toContain(`the label ${last}, the project ${last - 1} classes`);
      expect(await words()).toContain(fileOf(id));
      await studio.shoot('faults-class-gone');

      await kill();
      writeFileSync(file, whole);
      await start();
      await enter();
      await page.getByRole('button', { name: 'Try again' }).click();
      await onDisk();
    });

    describe('a machine that sleeps', () => {
      /** Requests of a page from now on. */
      function requests(): Request[] {
        const all: Request[] = [];
        const note = (request: Request): void => void all.push(request);
        page.on('request', note);
        onTestFinished(() => void page.off('request', note));
        return all;
      }

      it('and loses its network saves at once when it is back, without asking all the time', async () => {
        await openImage(10);
        const seen = requests();
        await page.context().setOffline(true);
        await paint([20, 20], [60, 30]);
        await expect.poll(words, soon).toContain('The engine does not answer');
        await page.waitForTimeout(8000);
        // At once, after one second, two and four.
        expect(seen.filter(isSave).length).toBeLessThanOrEqual(4);
        expect(seen.length).toBeLessThanOrEqual(10);
        await paint([20, 60], [60, 70]);
        await page.context().setOffline(false);
        await onDisk({ timeout: 3000 });
        await expect.poll(() => page.getByText('No connection to the engine').count(), afterTries).toBe(0);
        await page.waitForLoadState('networkidle');
        const after = seen.length;
        await page.waitForTimeout(5000);
        expect(seen.length).toBe(after);
      });

      it('with its engine saves what was painted before it woke, once', async () => {
        await openImage(11);
        const seen = requests();
        serving.running.kill('SIGSTOP');
        await paint([20, 20], [60, 30]);
        await page.getByText('Saving', { exact: true }).waitFor();
        await paint([20, 60], [60, 70]);
        await page.waitForTimeout(5000);
        expect(seen.filter(isSave)).toHaveLength(1);
        serving.running.kill('SIGCONT');
        await onDisk();
        await page.getByText(/Saved \d/).waitFor();
        await page.waitForTimeout(2000);
        expect(seen.filter(isSave)).toHaveLength(2);
        expect(seen.length).toBeLessThanOrEqual(10);
      });
    });
  });
});
