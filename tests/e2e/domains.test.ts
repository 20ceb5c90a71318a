import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../electron/engine/project/project.js';
import { cliBuilt, comask } from '../support/cli.js';
import { jpeg, put } from '../support/dataset.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject, smallTraining } from '../support/project.js';

describe.skipIf(!cliBuilt)('several domains (skipped unless the command line is bundled: npm run build)', () => {
  it('are added, trained on together, audited and cleaned, while maps stay those of the target', async () => {
    const folder = temporaryFolder();
    const project = smallProject(folder, 8);
    const photo = await jpeg();
    for (const name of ['disc', 'bar']) {
      for (let i = 0; i < 3; i++) put(folder, `web/${name}/w${i}.jpg`, photo);
    }
    const web = ['--dataset', join(folder, 'web'), '--domain', 'web'];
    expect(await comask('add', join(folder, 'nowhere'), ...web)).toMatchObject({ exitCode: 1 });
    expect(await comask('add', project, '--dataset', join(folder, 'web'))).toMatchObject({ exitCode: 2 });
    const added = await comask('--json', 'add', project, ...web);
    expect(JSON.parse(added.stdout)).toMatchObject({ added: 6, created: false, format: 'folders' });

    const train = ['train', project, '--split', 'train', '--wp', 'one', ...smallTraining(1)];
    expect(await comask(...train, '--run', 'r')).toMatchObject({ exitCode: 0 });
    const record = JSON.parse(readFileSync(join(project, 'runs/r/settings.json'), 'utf8'));
    expect(record.settings['head.matrices']).toBe('one');
    expect(record.datasets.map(({ domain, images }: any) => [domain, images])).toEqual([
      ['target', 8],
      ['web', 6],
    ]);

    const csv = join(folder, 'audit.csv');
    const audit = ['labels', 'audit', project, '--run', 'r', '--share', '0.34', '--apply', 'drop', '--csv', csv];
    const audited = JSON.parse((await comask('--json', ...audit)).stdout);
    expect(audited).toMatchObject({ domain: 'web', applied: 'drop' });
    expect(audited.labels.map((label: any) => label.class)).toEqual(['disc', 'bar']);
    expect(readFileSync(csv, 'utf8').split('\r\n')).toHaveLength(4);
    expect((await comask('labels', 'list', project)).stdout).toMatch(/disc +dropped +disc\/w\d +r\n/);

    expect(await comask(...train, '--run', 'cleaned')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(readFileSync(join(project, 'runs/cleaned/settings.json'), 'utf8'))).toMatchObject({
      images: { count: 12 },
      labels: { dropped: 2, weighted: 0 },
    });
    const localize = ['localize', project, '--run', 'cleaned', '--maps', 'm'];
    expect(JSON.parse((await comask('--json', ...localize)).stdout)).toMatchObject({ images: 8 });
    expect(JSON.parse((await comask('--json', ...localize, '--domain', 'web')).stdout)).toMatchObject({ images: 4 });

    const restored = await comask('--json', 'labels', 'restore', project, '--class', 'disc');
    expect(JSON.parse(restored.stdout).restored).toHaveLength(1);
    expect(await comask(...localize)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('dropped labels') });
    expect(await comask('labels', 'restore', project)).toMatchObject({ exitCode: 2 });
    expect(await comask('labels', 'restore', project, '--all')).toMatchObject({ exitCode: 0 });
    expect((await comask('labels', 'list', project)).stdout).toBe('every label counts fully\n');
    const opened = openProject(project);
    expect(opened.store.countImages({ labelled: true, kept: true })).toBe(14);
    opened.close();
  });
});
