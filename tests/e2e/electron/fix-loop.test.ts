import { describe, it } from 'vitest';
import { electronReady, startApp, unlessElectron } from '../../support/electron.js';
import { fixLoop, projectToFix, runtimeFound } from '../../support/fix-loop.js';
import { temporaryFolder } from '../../support/folder.js';

describe.skipIf(!electronReady || !runtimeFound())(
  `fixing and training again in the desktop app (${unlessElectron}, or without the compute runtime)`,
  () => {
    it('goes from a confusion to a fixed mask and on to a second round, which the counter tells', async () => {
      const project = await projectToFix(temporaryFolder());
      const { page, electron } = await startApp(project);
      const loop = fixLoop(page, project);
      await loop.round(1);
      await loop.openAtError();
      await loop.fixAndAccept();
      await loop.round(2);
      await loop.expectRounds();
      await electron.close();
    });
  },
);
