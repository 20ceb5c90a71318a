import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeLabelMap } from '../../electron/engine/images/index.js';
import type { ExportReport } from '../../electron/engine/services/export-job.js';
import { cliBuilt, comask, signalWhen, startComask } from '../support/cli.js';
import { put } from '../support/dataset.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject } from '../support/project.js';

const PHOTOS = 120;

/** A project in which every photo has a mask: a square, elsewhere in each. */
function maskedProject(folder: string): string {
  const project = smallProject(folder, PHOTOS);
  for (let at = 0; at < PHOTOS; at++) {
    const inside = (i: number): boolean =>
      Math.abs((i % 40) - 5 - (at % 30)) < 4 && Math.abs(Math.floor(i / 40) - 20) < 9;
    const data = Uint8Array.from({ length: 40 * 40 }, (_, i) => (inside(i) ? 1 + (at % 2) : 0));
    const name = `p${String(at).padStart(3, '0')}`;
    put(project, `masks/made/${name}.png`, encodeLabelMap({ width: 40, height: 40, data }));
  }
  return project;
}

const pngsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^[^.].*\.png$/.test(name)) : [];

describe.skipIf(!cliBuilt)('comask export (needs npm run build)', () => {
  it('of a generated sample comes back as the same ground truth', async () => {
    const folder = temporaryFolder();
    const [photos, project, out, again] = ['photos', 'project', 'out', 'again'].map((name) => join(folder, name));
    await comask('sample', photos, '--images', '6', '--classes', '2', '--size', '80x64');
    await comask('new', project, '--dataset', photos);
    for (const name of pngsIn(join(photos, 'SegmentationClass'))) {
      put(project, `masks/truth/${name}`, readFileSync(join(photos, 'SegmentationClass', name)));
    }
    const exported = await comask('--json', 'export', project, '--masks', 'truth', '--format', 'voc', '--to', out);
    expect(JSON.parse(exported.stdout)).toMatchObject({ written: 6, failures: [] } satisfies Partial<ExportReport>);
    expect(await comask('new', again, '--dataset', out)).toMatchObject({ exitCode: 0 });
    for (const name of pngsIn(join(photos, 'SegmentationClass'))) {
      put(again, `masks/truth/${name}`, readFileSync(join(photos, 'SegmentationClass', name)));
    }
    const measured = await comask('--json', 'evaluate', again, '--masks', 'truth');
    expect(JSON.parse(measured.stdout)).toMatchObject({ mIoU: 1, evaluated: 6 });
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('goes on after %s to the files of an uninterrupted one', async (signal) => {
    const folder = temporaryFolder();
    const project = maskedProject(folder);
    const command = (to: string): string[] => ['--json', 'export', project, '--masks', 'made', '--format', 'voc', '--to', join(folder, to)]; // prettier-ignore
    expect(await comask(...command('whole'))).toMatchObject({ exitCode: 0 });

    const masks = join(folder, 'parts/SegmentationClass');
    // Four are under way at a time: with the fifth, one is done.
    const ended = await signalWhen(startComask(...command('parts')), signal, () => pngsIn(masks).length >= 5);
    if (signal === 'SIGINT') expect(ended.exitCode).toBe(130);
    expect(pngsIn(masks).length).toBeLessThan(PHOTOS);

    const resumed = JSON.parse((await comask(...command('parts'))).stdout) as ExportReport;
    expect(resumed.kept).toBeGreaterThan(0);
    expect(resumed.kept + resumed.written).toBe(PHOTOS);
    for (const path of [
      'ImageSets/Segmentation/train.txt',
      ...pngsIn(masks).map((name) => `SegmentationClass/${name}`),
    ]) {
      const [a, b] = ['whole', 'parts'].map((to) => readFileSync(join(folder, to, path)));
      expect(b.equals(a), path).toBe(true);
    }
  });

  it('exits with 2 for a wrong setting or format, 1 for a folder of other files', async () => {
    const folder = temporaryFolder();
    const project = smallProject(folder, 1);
    put(project, 'masks/made/p000.png', encodeLabelMap({ width: 40, height: 40, data: new Uint8Array(1600) }));
    const run = (...more: string[]): ReturnType<typeof comask> => comask('export', project, '--masks', 'made', ...more);
    const to = ['--to', join(folder, 'out')];
    expect(await run('--format', 'psd', ...to)).toMatchObject({ exitCode: 2 });
    expect(await run('--format', 'coco', ...to, '--set', 'minArea=0')).toMatchObject({ exitCode: 2 });
    const foreign = await run('--format', 'coco', '--to', folder);
    expect(foreign).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/holds other files[^]*\n {2}Choose/) });
    expect(await run('--format', 'coco', ...to)).toMatchObject({ exitCode: 0 });
  });
});
