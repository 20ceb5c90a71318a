import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../shared/evaluation.js';
import { cliBuilt, comask, signalWhen, startComask } from '../support/cli.js';
import { put } from '../support/dataset.js';
import { temporaryFolder } from '../support/folder.js';
import { halves, measuredProject } from '../support/measured.js';
import { smallProject } from '../support/project.js';

const PHOTOS = 150;

/** A project whose every photo has a saliency map, so that masks can be made without any model. */
function salientProject(count = PHOTOS): string {
  const project = smallProject(temporaryFolder(), count);
  const map = halves(255, 0, { width: 40, height: 40 });
  for (let at = 0; at < count; at++) put(project, `saliency/s/p${String(at).padStart(3, '0')}.png`, map);
  return project;
}

describe.skipIf(!cliBuilt)('comask masks (needs npm run build)', () => {
  const files = (project: string, name: string): string[] => {
    const folder = join(project, 'masks', name);
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.png')) : [];
  };
  const command = (project: string, name: string): string[] => [
    '--json',
    'masks',
    project,
    '--masks',
    name,
    '--saliency',
    's',
    '--set',
    'rule=saliency',
  ];

  it.each(['SIGKILL', 'SIGINT'] as const)('goes on after %s to the masks of an uninterrupted run', async (signal) => {
    const project = salientProject();
    const whole = await comask(...command(project, 'whole'));
    expect(whole).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(whole.stdout)).toMatchObject({ written: PHOTOS, kept: 0, failures: [] });

    const running = startComask(...command(project, 'parts'));
    const ended = await signalWhen(running, signal, () => files(project, 'parts').length >= 3);
    const before = files(project, 'parts').length;
    expect(before).toBeLessThan(PHOTOS);
    if (signal === 'SIGINT') expect(ended.exitCode).toBe(130);

    const resumed = await comask(...command(project, 'parts'));
    expect(JSON.parse(resumed.stdout)).toMatchObject({ written: PHOTOS - before, kept: before });
    for (const file of files(project, 'whole')) {
      const [a, b] = ['whole', 'parts'].map((name) => readFileSync(join(project, 'masks', name, file)));
      expect(b.equals(a)).toBe(true);
    }
  });

  it('exits with 2 for wrong settings and for masks/corrected, and 1 for a set that is not there', async () => {
    const project = smallProject(temporaryFolder(), 1);
    const wrong = await comask('masks', project, '--masks', 'a', '--set', 'rule=best');
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('rule') });
    const byHand = await comask('masks', project, '--masks', 'corrected', '--saliency', 's', '--set', 'rule=saliency');
    expect(byHand).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('made by hand') });
    const missing = await comask('masks', project, '--masks', 'a', '--maps', 'none');
    expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('comask localize') });
  });
});

describe.skipIf(!cliBuilt)('comask evaluate (needs npm run build)', () => {
  it('prints a table, figures as JSON, and writes a report', async () => {
    const folder = temporaryFolder();
    const project = await measuredProject(folder);
    project.close();
    const { root } = project;
    await comask('masks', root, '--masks', 'fused', '--maps', 'good', '--saliency', 'good');
    const report = join(folder, 'out/report.html');

    const text = await comask('evaluate', root, '--masks', 'fused', '--report', report);
    expect(text).toMatchObject({ exitCode: 0 });
    expect(text.stdout).toMatch(/^class +IoU +labelled/);
    expect(text.stdout).toMatch(/^bicycle +1\.000/m);
    expect(text.stdout).toContain('1 image without ground truth: i007');
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/);

    const json = await comask('--json', 'evaluate', root, '--maps', 'good', '--split', 'train');
    const evaluation = JSON.parse(json.stdout) as Evaluation;
    expect(evaluation).toMatchObject({ mIoU: 1, mIoULabelled: 1, pixelAccuracy: 1, evaluated: 4, split: 'train' });
    expect(evaluation.confusion).toHaveLength(21);
  });

  it('writes tables, measures agreement, and compares two results', async () => {
    const folder = temporaryFolder();
    const project = await measuredProject(folder);
    project.close();
    const { root } = project;
    await comask('masks', root, '--masks', 'fused', '--maps', 'good', '--saliency', 'good');
    const tables = join(folder, 'tables');
    expect(await comask('evaluate', root, '--masks', 'fused', '--name', 'a', '--csv', tables)).toMatchObject({
      exitCode: 0,
    });
    expect(readFileSync(join(tables, 'classes.csv'), 'utf8')).toMatch(/^label,class,iou/);
    const agreement = await comask('--json', 'evaluate', root, '--maps', 'good', '--against', 'fused', '--name', 'b');
    expect(JSON.parse(agreement.stdout)).toMatchObject({ against: 'fused', evaluated: 8 });
    const both = ['--against', 'fused', '--ground-truth', folder];
    expect(await comask('evaluate', root, '--masks', 'fused', ...both)).toMatchObject({ exitCode: 2 });

    const text = await comask('compare', root, 'a', 'b');
    expect(text).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^mIoU +1\.000/m) });
    expect(text.stdout).toContain('0 only in the first, 1 only in the second');
    const json = await comask('--json', 'compare', root, 'a', 'b');
    expect(JSON.parse(json.stdout)).toMatchObject({ before: 'a', after: 'b', images: expect.any(Array) });
    expect(await comask('compare', root, 'a', 'none')).toMatchObject({ exitCode: 1 });
  });

  it('exits with 1 where nothing can be measured, and 2 where nothing is named', async () => {
    const project = salientProject(2);
    const nothing = await comask('evaluate', project, '--saliency', 's');
    expect(nothing).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('nothing could be measured') });
    expect(await comask('evaluate', project)).toMatchObject({ exitCode: 2 });
    expect(await comask('evaluate', project, '--maps', 'a', '--masks', 'b')).toMatchObject({ exitCode: 2 });
    expect(await comask('evaluate', project, '--maps', 'a', '--report-images', 'all')).toMatchObject({ exitCode: 2 });
  });
});
