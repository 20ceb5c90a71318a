import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliBuilt, comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const small = ['--images', '5', '--classes', '2', '--size', '80x64'];

describe.skipIf(!cliBuilt)('comask sample (skipped unless the command line is bundled: npm run build)', () => {
  it('generates a dataset that `comask new` imports whole', async () => {
    const folder = temporaryFolder();
    const dataset = join(folder, 'dataset');
    const { exitCode, stdout } = await comask('--json', 'sample', dataset, ...small);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ classes: ['star', 'rings'], images: { train: 4, val: 1 } });
    const imported = await comask('new', join(folder, 'project'), '--dataset', dataset);
    expect(imported).toMatchObject({ exitCode: 0 });
    const info = await comask('info', join(folder, 'project'));
    expect(info.stdout).toContain('star');
  });

  it.each([
    ['--size', '80'],
    ['--classes', '9'],
    ['--images', 'many'],
    ['--seed', '-1'],
  ])('ends with 2 for %s %s', async (...option) => {
    const folder = temporaryFolder();
    const { exitCode, stderr } = await comask('sample', folder, ...option);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a folder with other files alone', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    expect(await comask('sample', folder, ...small)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/holds other files[^]*\n {2}Choose/),
    });
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });
});
