import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whileImporting } from '../../../../../../electron/engine/project/import/lock.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const never = new AbortController().signal;
const taken = (root: string): Promise<string> => whileImporting(root, never, async () => 'taken', 0);

describe('whileImporting', () => {
  it('keeps a second one out for as long as the first works', async () => {
    const root = temporaryFolder();
    await whileImporting(root, never, () => expect(taken(root)).rejects.toMatchObject({ code: 'busy', file: root }));
    expect(await taken(root)).toBe('taken');
  });

  it('gives the lock back when the work fails', async () => {
    const root = temporaryFolder();
    await expect(whileImporting(root, never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await taken(root)).toBe('taken');
  });

  it('takes a lock that a crash left behind', async () => {
    const root = temporaryFolder();
    const long = new Date(Date.now() - 60_000);
    mkdirSync(join(root, 'import.lock'));
    utimesSync(join(root, 'import.lock'), long, long);
    expect(await taken(root)).toBe('taken');
  });

  it('stops waiting when told to', async () => {
    const work = (): Promise<void> => expect.unreachable();
    await expect(whileImporting(temporaryFolder(), AbortSignal.abort(), work)).rejects.toMatchObject({ code: 'interrupted' }); // prettier-ignore
  });
});
