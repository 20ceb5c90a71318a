import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../../../../electron/cli/open-browser.js';
import { put } from '../../../support/dataset.js';
import { temporaryFolder } from '../../../support/folder.js';

function pathOf(folder: string): void {
  const before = process.env.PATH;
  process.env.PATH = folder;
  onTestFinished(() => void (process.env.PATH = before));
}

describe.skipIf(process.platform !== 'linux')('opening the browser (Linux only: by a stand-in for xdg-open)', () => {
  it('hands over a file that nobody else may read, and not the link', async () => {
    const folder = temporaryFolder();
    const seen = join(folder, 'seen');
    chmodSync(
      put(folder, 'bin/xdg-open', `#!/bin/sh\necho "$@" > ${seen}.tmp && /bin/mv ${seen}.tmp ${seen}\n`),
      0o700,
    );
    pathOf(join(folder, 'bin'));
    const { remove } = openBrowser('http://127.0.0.1:1/open?key=k', folder);
    const file = join(folder, 'open-studio.html');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('url=http://127.0.0.1:1/open?key=k"');
    while (!existsSync(seen)) await sleep(10);
    expect(readFileSync(seen, 'utf8')).toBe(`file://${file}\n`);
    remove();
    expect(existsSync(file)).toBe(false);
  });

  it('does nothing where there is no browser, or no place for the file', async () => {
    pathOf(temporaryFolder());
    openBrowser('http://127.0.0.1:1/', temporaryFolder()).remove();
    openBrowser('http://127.0.0.1:1/', join(temporaryFolder(), 'none')).remove();
    await sleep(20);
  });
});
