import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliBuilt, comask, signalWhen, startComask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject } from '../support/project.js';

const PHOTOS = 40;

describe.skipIf(!cliBuilt)('comask saliency (needs npm run build)', () => {
  const maps = (project: string, name: string): string[] => {
    const folder = join(project, 'saliency', name);
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.png')) : [];
  };
  const command = (project: string, name: string): string[] => ['--json', 'saliency', project, '--saliency', name];

  it.each(['SIGKILL', 'SIGINT'] as const)('goes on after %s to the maps of an uninterrupted run', async (signal) => {
    const project = smallProject(temporaryFolder(), PHOTOS);
    const whole = await comask(...command(project, 'whole'));
    expect(whole.exitCode).toBe(0);
    expect(JSON.parse(whole.stdout)).toMatchObject({ made: PHOTOS, kept: 0, failures: [] });

    const running = startComask(...command(project, 'parts'));
    const ended = await signalWhen(running, signal, () => maps(project, 'parts').length >= 3);
    const before = maps(project, 'parts').length;
    expect(before).toBeLessThan(PHOTOS);
    if (signal === 'SIGINT') expect(ended.exitCode).toBe(130);

    const resumed = await comask(...command(project, 'parts'));
    expect(JSON.parse(resumed.stdout)).toMatchObject({ made: PHOTOS - before, kept: before });
    expect(maps(project, 'parts')).toHaveLength(PHOTOS);
    for (const file of maps(project, 'whole')) {
      const [a, b] = ['whole', 'parts'].map((name) => readFileSync(join(project, 'saliency', name, file)));
      expect(b.equals(a)).toBe(true);
    }
  });

  it('exits with 2 for wrong settings, and 1 for a model that is not there', async () => {
    const project = smallProject(temporaryFolder(), 1);
    const wrong = await comask('saliency', project, '--saliency', 'a', '--set', 'inputSize=7');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/inputSize/);
    const missing = await comask('saliency', project, '--saliency', 'a', '--source', 'onnx', '--path', 'none.onnx');
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(/--path FILE/);
  });
});
