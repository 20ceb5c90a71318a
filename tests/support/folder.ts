import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** An empty folder that goes away with the test it was asked for in. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comask-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty folder that goes away with the test file (or `describe`) it was asked for in. */
export function folderUntilEnd(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comask-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
