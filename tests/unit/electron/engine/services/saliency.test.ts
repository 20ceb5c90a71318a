import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeGrey, readGrey } from '../../../../../electron/engine/images/index.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { startPace } from '../../../../../shared/pace.js';
import { makeSaliency, type SaliencyRequest } from '../../../../../electron/engine/services/saliency.js';
import { saliencySettings } from '../../../../../shared/settings/saliency.js';
import type { Progress } from '../../../../../shared/progress.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

function open(count = 3): { project: Project; photos: string; folder: string } {
  const folder = temporaryFolder();
  const project = openProject(smallProject(folder, count, (i) => (i < 2 ? 'train' : 'val')));
  onTestFinished(() => project.close());
  return { project, photos: join(folder, 'photos'), folder };
}

const builtin = saliencySettings.resolve({});
const never = new AbortController().signal;
const make = (project: Project, request: Partial<SaliencyRequest> = {}, onProgress = (_: Progress): void => {}) =>
  makeSaliency(project, { name: 'a', settings: builtin, ...request }, onProgress, never);

describe('makeSaliency', () => {
  it('writes a map of each photo, tells of progress, and records how', async () => {
    const { project } = open();
    const seen: Progress[] = [];
    const report = await make(project, {}, (progress) => seen.push(progress));
    expect(report).toMatchObject({ images: 3, made: 3, kept: 0, failures: [], source: 'builtin' });
    expect(readdirSync(report.folder).sort()).toEqual(['p000.png', 'p001.png', 'p002.png']);
    expect(await readGrey(project.paths.saliencyMap('a', 'p000'))).toMatchObject({ width: 40, height: 40 });
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(project.store.artifact('saliency', 'a')?.settings).toEqual(builtin);
  });

  it('keeps maps that are there, unless told to make them anew', async () => {
    const { project } = open();
    expect(await make(project, { split: 'train' })).toMatchObject({ images: 2, made: 2 });
    const file = project.paths.saliencyMap('a', 'p000');
    writeFileSync(file, encodeGrey({ width: 1, height: 1, data: Uint8Array.of(7) }));
    const before = statSync(file).mtimeMs;
    expect(await make(project)).toMatchObject({ made: 1, kept: 2 });
    expect(statSync(file).mtimeMs).toBe(before);
    expect(await make(project, { overwrite: true })).toMatchObject({ made: 3, kept: 0 });
    expect(await readGrey(file)).toMatchObject({ width: 40 });
  });

  it('lists photos that cannot be used, and goes on', async () => {
    const { project, photos } = open();
    truncateSync(join(photos, 'p001.png'), 100);
    const { made, failures } = await make(project);
    expect(made).toBe(2);
    expect(failures).toEqual([
      expect.objectContaining({ id: 'p001', code: 'file-damaged', file: join(photos, 'p001.png') }),
    ]);
    expect(existsSync(project.paths.saliencyMap('a', 'p001'))).toBe(false);
  });

  it('lists maps that a folder lacks', async () => {
    const { project, folder } = open();
    const maps = join(folder, 'maps');
    mkdirSync(maps);
    writeFileSync(join(maps, 'p002.png'), encodeGrey({ width: 40, height: 40, data: new Uint8Array(1600).fill(9) }));
    const { made, failures } = await make(project, { settings: { ...builtin, source: 'folder', path: maps } });
    expect(made).toBe(1);
    expect(failures.map(({ id, code }) => [id, code])).toEqual([
      ['p000', 'file-missing'],
      ['p001', 'file-missing'],
    ]);
  });

  it('stops when told to, and goes on to the same maps', async () => {
    const COUNT = 5;
    const { project } = open(COUNT);
    await make(project, { name: 'whole' });
    const stop = new AbortController();
    const request = { name: 'parts', settings: builtin };
    await expect(makeSaliency(project, request, () => stop.abort(), stop.signal)).rejects.toMatchObject({
      code: 'interrupted',
    });
    const before = readdirSync(project.paths.saliency('parts')).length;
    expect(before).toBeLessThan(COUNT);
    expect(await make(project, { name: 'parts' })).toMatchObject({ made: COUNT - before, kept: before });
    for (const { id } of project.store.iterateImages()) {
      const [whole, parts] = ['whole', 'parts'].map((name) => readFileSync(project.paths.saliencyMap(name, id)));
      expect(parts.equals(whole)).toBe(true);
    }
  });

  it('does not mix maps of other settings into a set', async () => {
    const { project } = open();
    await make(project, { split: 'train' });
    const settings = { ...builtin, mirror: true };
    await expect(make(project, { settings })).rejects.toThrow(/another mirror/);
    expect(await make(project, { settings: { ...builtin, threads: 1 } })).toMatchObject({ kept: 2 });
    const nowhere = { ...settings, source: 'folder' as const, path: 'nowhere' };
    await expect(make(project, { settings: nowhere, overwrite: true })).rejects.toMatchObject({ code: 'file-missing' });
    expect(await make(project)).toMatchObject({ kept: 3 });
    expect(await make(project, { settings, overwrite: true })).toMatchObject({ made: 3 });
  });

  it('names an unknown split and a folder that cannot be written', async () => {
    const { project } = open();
    await expect(make(project, { split: 'nowhere' })).rejects.toMatchObject({ code: 'dataset-empty' });
    mkdirSync(join(project.root, 'saliency'), { recursive: true });
    writeFileSync(join(project.root, 'saliency/a'), 'a file in the way');
    await expect(make(project)).rejects.toMatchObject({ code: 'not-writable' });
  });
});

describe('pace', () => {
  it('measures the last units', () => {
    let clock = 0;
    const pace = startPace(0, () => clock);
    clock = 500;
    expect(pace.tick(1, 5)).toEqual({ rate: 2, secondsLeft: 2 });
    for (let done = 2; done <= 40; done++) {
      clock += 100;
      pace.tick(done, 50);
    }
    clock += 100;
    const { rate, secondsLeft } = pace.tick(41, 50);
    expect(rate).toBeCloseTo(10);
    expect(secondsLeft).toBeCloseTo(0.9);
  });

  it('says nothing before time has passed', () => {
    expect(startPace(0, () => 0).tick(1, 2)).toEqual({});
  });
});
