import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { chromiumFound } from '../../support/browser.js';
import { cliBuilt } from '../../support/cli.js';
import { fixLoop, projectToFix, runtimeFound } from '../../support/fix-loop.js';
import { folderUntilEnd } from '../../support/folder.js';
import { openStudio, type Studio } from '../../support/studio.js';

const built = cliBuilt && existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

describe.skipIf(!built || !chromiumFound || !runtimeFound())(
  'the loop of fixing and training again (skipped unless bundled, and where chromium or the compute runtime is absent)',
  () => {
    const folder = folderUntilEnd();
    let studio: Studio;
    let loop: ReturnType<typeof fixLoop>;

    beforeAll(async () => {
      const project = await projectToFix(folder);
      studio = await openStudio(project, join(folder, 'screenshots'));
      loop = fixLoop(studio.page, project);
    });
    afterAll(async () => await studio?.close());

    it('begins with a segmenter that is measured: the first round', async () => {
      await loop.round(1);
      await studio.page.getByText('Fix masks or train again').waitFor();
    });

    it('leads from a cell of the matrix to the editor at the box, where the mask is fixed and accepted', async () => {
      await loop.openAtError();
      await loop.expectBoxInTheMiddle();
      await studio.shoot('fix-loop-editor');
      await loop.fixAndAccept();
    });

    it('trains again on it, and the counter of rounds moves', async () => {
      await loop.round(2);
      await loop.expectRounds();
      await studio.shoot('fix-loop-rounds');
      await loop.rounds().nth(0).getByRole('button').click();
      await studio.page.waitForURL(/evaluation=predictions-predictions-1-train/);
    });
  },
);
