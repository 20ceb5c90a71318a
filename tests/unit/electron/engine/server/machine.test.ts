import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RuntimeInstaller } from '../../../../../electron/engine/services/machine/installer.js';
import { Thumbnails } from '../../../../../electron/engine/services/thumbnails.js';
import { api, type RequestOf, type Route } from '../../../../../shared/api/index.js';
import { put } from '../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

let folder: string;
let engine: TestEngine;
beforeEach(() => {
  folder = temporaryFolder();
  const machine = { platform: 'linux', arch: 'x64', env: { COMASK_HOME: folder }, home: folder } as const;
  const installer = new RuntimeInstaller(machine, (_machine, _release, { signal }) =>
    new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new Error('stopped'))))); // prettier-ignore
  const thumbnails = new Thumbnails(join(folder, 'thumbnails'), 100);
  engine = testEngine(smallProject(folder, 2), { machine: { installer, thumbnails } });
});

const { machine } = api;
const call = <R extends Route>(route: R, request: RequestOf<R>) => engine.client.call(route, request);

describe('the settings of the machine', () => {
  it('are changed one by one, within their bounds', async () => {
    expect(await call(machine.change, { body: { device: 'cpu' } })).toMatchObject({ device: 'cpu' });
    expect(await call(machine.change, { body: { downloadBytes: 2 ** 30 } })).toMatchObject({ device: 'cpu', downloadBytes: 2 ** 30 }); // prettier-ignore
    expect(await call(machine.settings, {})).toMatchObject({ device: 'cpu', downloadBytes: 2 ** 30 });
    for (const body of [{ device: 'tpu' }, { thumbnailBytes: 5 }, { downloadBytes: 2 ** 60 }]) {
      await expect(call(machine.change, { body: body as never })).rejects.toMatchObject({ code: 'usage' });
    }
  });

  it('name the device of jobs that name none', async () => {
    const params = { project: engine.project };
    const job = async (run: string, device?: 'cpu' | 'cuda'): Promise<unknown> => {
      const body = { kind: 'train' as const, run, settings: { backbone: 'tiny' }, device };
      return (await call(api.jobs.add, { params, body })).request;
    };
    expect(await job('a')).not.toHaveProperty('device');
    await call(machine.change, { body: { device: 'cuda' } });
    expect(await job('b')).toHaveProperty('device', 'cuda');
    expect(await job('c', 'cpu')).toHaveProperty('device', 'cpu');
    const saliency = await call(api.jobs.add, { params, body: { kind: 'saliency', saliency: 's' } });
    expect(saliency.request).not.toHaveProperty('device');
  });
});

describe('the caches', () => {
  it('tell what they take up, keep within a new bound, and are emptied', async () => {
    for (const name of ['a.webp', 'b.webp']) put(join(folder, 'thumbnails'), name, 'x'.repeat(40));
    expect((await call(machine.caches, {})).thumbnails).toMatchObject({ bytes: 80, files: 2 });
    const after = await call(machine.clear, { params: { cache: 'thumbnails' } });
    expect(after.thumbnails).toMatchObject({ bytes: 0, files: 0 });
    expect(readdirSync(join(folder, 'thumbnails'))).toEqual([]);
    await expect(call(machine.clear, { params: { cache: '../photos' as never } })).rejects.toMatchObject({ code: 'usage' }); // prettier-ignore
  });
});

describe('the runtimes', () => {
  it('are installed beside everything else, one at a time, until cancelled', async () => {
    const before = await call(machine.runtimes, {});
    expect(before.installation).toBeNull();
    expect(before.runtimes.map(({ device }) => device)).toEqual(['cpu', 'cuda']);
    const install = () => call(machine.install, { params: { device: 'cpu' }, body: {} });
    expect(await install()).toMatchObject({ device: 'cpu', state: 'running' });
    await expect(install()).rejects.toMatchObject({ code: 'busy' });
    expect((await call(machine.runtimes, {})).installation).toMatchObject({ state: 'running' });
    expect(await call(machine.cancelInstall, {})).toEqual({ done: true });
    expect((await call(machine.runtimes, {})).installation).toMatchObject({ state: 'cancelled' });
  });
});
