import { describe, expect, it } from 'vitest';
import { RuntimeInstaller } from '../../../../../../electron/engine/services/machine/installer.js';
import { StudioError } from '../../../../../../shared/errors.js';
import { temporaryFolder } from '../../../../../support/folder.js';

type Install = NonNullable<ConstructorParameters<typeof RuntimeInstaller>[1]>;

function installer(install: Install) {
  const home = temporaryFolder();
  return new RuntimeInstaller({ platform: 'linux', arch: 'x64', env: { COMASK_HOME: home }, home }, install);
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Installs until it is aborted. */
const endless: Install = (_machine, _release, { signal }) =>
  new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new Error('stopped'))));

describe('an installation of a runtime', () => {
  it('tells what it does, and that it is done', async () => {
    const one = installer(async (_machine, { device }, { say, onProgress, force }) => {
      say(`installing ${device}${force ? ' anew' : ''}`);
      onProgress({ stage: 'downloading', done: 1, total: 2, unit: 'MB' });
    });
    expect(one.latest).toBeNull();
    expect(one.start('cpu', true).state).toBe('running');
    await turn();
    expect(one.latest).toEqual({
      device: 'cpu',
      state: 'done',
      lines: ['installing cpu anew'],
      progress: { stage: 'downloading', done: 1, total: 2, unit: 'MB' },
      error: null,
    });
  });

  it('is one at a time, and can be cancelled', async () => {
    const one = installer(endless);
    one.start('cpu', false);
    expect(() => one.start('cuda', false)).toThrow('a runtime is being installed');
    await one.cancel();
    expect(one.latest).toMatchObject({ state: 'cancelled', error: null });
    expect(one.start('cuda', false).state).toBe('running');
    await one.cancel();
    await one.cancel();
  });

  it('tells why it failed', async () => {
    const one = installer(() => Promise.reject(new StudioError({ code: 'download-failed', message: 'no network', remedy: 'r' }))); // prettier-ignore
    one.start('cpu', false);
    await turn();
    expect(one.latest).toMatchObject({ state: 'failed', error: { code: 'download-failed', remedy: 'r' } });
  });

  it('keeps the last lines of one that says very much', async () => {
    const one = installer(async (_machine, _release, { say }) => {
      for (let i = 0; i < 1000; i++) say(String(i));
    });
    one.start('cpu', false);
    await turn();
    expect([one.latest?.lines.length, one.latest?.lines.at(-1)]).toEqual([100, '999']);
  });
});

it('the runtimes of a machine are listed, the preferred one marked', () => {
  const states = installer(endless).runtimes();
  expect(states.map(({ device, installed }) => [device, installed])).toEqual([['cpu', null], ['cuda', null]]); // prettier-ignore
  expect(states.filter(({ preferred }) => preferred)).toHaveLength(1);
  expect(states[0].downloadBytes).toBeGreaterThan(1e8);
});
