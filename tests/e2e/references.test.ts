import { describe, expect, it } from 'vitest';
import { comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject, smallTraining } from '../support/project.js';

describe('comask references', () => {
  it('stores, shows, suggests and clears sets, which localization then uses', async () => {
    const project = smallProject(temporaryFolder(), 8);
    const references = async (...args: string[]): Promise<any> => {
      const { exitCode, stdout } = await comask('--json', 'references', ...args);
      return { exitCode, data: JSON.parse(stdout) };
    };
    const ofBar = ['--class', 'bar'];
    expect(await references('set', project, ...ofBar, 'p001', 'p004')).toMatchObject({ exitCode: 0 });
    expect(await references('set', project, ...ofBar, '--image', 'p001', 'p005')).toMatchObject({ exitCode: 0 });
    expect((await references('show', project, ...ofBar)).data.sets).toEqual([
      { classIndex: 1, references: ['p001', 'p004'] },
      { classIndex: 1, imageId: 'p001', references: ['p005'] },
    ]);
    expect(await references('set', project, ...ofBar, 'p000')).toMatchObject({
      exitCode: 1,
      data: { error: { code: 'label-missing' } },
    });

    await comask('train', project, '--run', 'r', ...smallTraining(1));
    const suggest = ['suggest', project, '--run', 'r', '--count', '2', '--set', 'inputSize=32'];
    const suggested = await references(...suggest, '--class', 'disc', '--save');
    expect(suggested.data).toMatchObject({ strategy: 'diverse', saved: true });
    expect(suggested.data.references).toHaveLength(2);
    const shown = await references('show', project, '--class', 'disc');
    expect(shown.data.sets).toEqual([{ classIndex: 0, references: suggested.data.references }]);
    const forImage = await references(...suggest, ...ofBar, '--image', 'p001');
    expect(forImage.data).toMatchObject({ strategy: 'similar', saved: false });
    expect(forImage.data.references).not.toContain('p001');

    const localize = ['localize', project, '--run', 'r', '--maps', 'm', '--set', 'inputSize=32']; // prettier-ignore
    const fixed = [...localize, '--set', 'references.strategy=fixed'];
    expect(await comask(...fixed)).toMatchObject({ exitCode: 0 });
    expect(await references('set', project, ...ofBar, '--image', 'p001', '--clear')).toMatchObject({ exitCode: 0 });
    expect(await comask(...fixed)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('stored references') });
  });
});
