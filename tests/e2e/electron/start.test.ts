import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronReady, startApp, unlessElectron } from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import { smallProject } from '../../support/project.js';

describe.skipIf(!electronReady)(`the desktop app (${unlessElectron})`, () => {
  it('opens a project in a window', async () => {
    const project = smallProject(temporaryFolder(), 2);
    const { page, electron, config } = await startApp(project);
    console.error(page.url(), await page.title(), await electron.evaluate(({ app }) => app.getPath('userData')));
    console.error(await page.evaluate(async () => (await fetch('/api/projects')).text()));
    console.error(config);
    await electron.close();
  });
});
