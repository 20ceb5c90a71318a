import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RuntimeInstaller } from '../../../../../electron/engine/services/machine/installer.js';
import { MachineSettingsFile } from '../../../../../electron/engine/services/machine/settings.js';
import { WeightsFetcher } from '../../../../../electron/engine/services/machine/weights.js';
import { Thumbnails } from '../../../../../electron/engine/services/thumbnails.js';
import { api, type RequestOf, type Route } from '../../../../../shared/api/index.js';
import { put } from '../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { localServer } from '../../../../support/server.js';
import { smallProject } from '../../../../support/project.js';

let folder: string;
let engine: TestEngine;
/** What the publisher of weights sends, and where. */
let [served, host] = ['', ''];
beforeEach(async () => {
  served = '12345';
  // The file called `endless` never comes.
  const address = await localServer(({ url }, response) => void (url === '/small' && response.end(served)));
  host = new URL(address).host;
  const hex = createHash('sha256').update('12345').digest('hex');
  const catalogue = ['small', 'endless'].map((path) => ({
    ...{ name: path, for: 'vgg16' as const, use: '', licence: 'MIT', digestFrom: '', path },
    files: [{ path, address: `${address}/${path}`, bytes: 5, digest: { algorithm: 'sha256' as const, hex } }],
  }));
  folder = temporaryFolder();
  const machine = { platform: 'linux', arch: 'x64', env: { COMASK_HOME: folder }, home: folder } as const;
  const installer = new RuntimeInstaller(machine, (_machine, _release, { signal }) =>
    new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new Error('stopped'))))); // prettier-ignore
  const weights = new WeightsFetcher(new MachineSettingsFile(join(folder, 'settings.json')), join(folder, 'weights'), catalogue); // prettier-ignore
  const thumbnails = new Thumbnails(join(folder, 'thumbnails'), 100);
  engine = testEngine(smallProject(folder, 2), { machine: { installer, thumbnails, weights } });
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

describe('the weights of the catalogue', () => {
  it('are listed, fetched one at a time beside everything else, and stopped', async () => {
    expect((await call(machine.weights, {})).weights.map(({ name, fetched }) => [name, fetched])).toEqual([['small', false], ['endless', false]]); // prettier-ignore
    await expect(call(machine.fetchWeights, { params: { name: '../x' } })).rejects.toMatchObject({ code: 'usage' });
    expect(await call(machine.fetchWeights, { params: { name: 'small' } })).toMatchObject({ name: 'small', state: 'running' }); // prettier-ignore
    const latest = async () => (await call(machine.weights, {})).download;
    await expect.poll(async () => (await latest())?.state).toBe('done');
    expect((await call(machine.weights, {})).weights[0]).toEqual({ name: 'small', for: 'vgg16', licence: 'MIT', host, bytes: 5, fetched: true }); // prettier-ignore
    expect(readFileSync(join(folder, 'weights/small'), 'utf8')).toBe('12345');

    const endless = { params: { name: 'endless' } };
    expect(await call(machine.fetchWeights, endless)).toMatchObject({ state: 'running' });
    await expect(call(machine.fetchWeights, endless)).rejects.toMatchObject({ code: 'busy' });
    await call(machine.cancelFetch, {});
    expect(await latest()).toMatchObject({ name: 'endless', state: 'cancelled', error: null });
  });

  it('say why they could not be fetched', async () => {
    served = 'wrong';
    await call(machine.fetchWeights, { params: { name: 'small' } });
    const latest = async () => (await call(machine.weights, {})).download;
    await expect.poll(async () => (await latest())?.state).toBe('failed');
    expect((await latest())?.error).toMatchObject({ code: expect.stringMatching(/download-failed|file-damaged/), message: expect.stringContaining('/small') }); // prettier-ignore
    expect((await call(machine.weights, {})).weights[0].fetched).toBe(false);
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
