import { expect, it } from 'vitest';
import { runThread } from '../../../../../../electron/engine/learn/runtime/run-thread.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const program = (text: string): string => put(temporaryFolder(), 'program.mjs', text);

it('runs a program with its arguments, and tells all that it said and how it ended', async () => {
  const file = program(`process.stdout.write(process.argv.slice(2).join()); process.stderr.write('warned');`);
  expect(await runThread('node', [file, 'a', '2'])).toEqual({ code: 0, stdout: 'a,2', stderr: 'warned' });
});

it('tells the last words of one that fails', async () => {
  const ended = await runThread('node', [program(`throw new Error('no such library')`)]);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('no such library') });
});

it('ends one that is aborted', async () => {
  const running = runThread('node', [program('for (;;);')], { signal: AbortSignal.timeout(200) });
  await expect(running).rejects.toMatchObject({ code: 'interrupted' });
});
