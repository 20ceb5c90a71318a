import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliBuilt, comask, type Ended } from '../support/cli.js';
import { put } from '../support/dataset.js';
import { temporaryFolder } from '../support/folder.js';
import { labelFile, segmentProject, smallSegmentation } from '../support/segment-project.js';

let project: string;
beforeEach(() => {
  project = segmentProject(temporaryFolder());
});

const train = (...more: string[]): Promise<Ended> =>
  comask('--json', 'segment', 'train', project, '--run', 'r', ...smallSegmentation(4), ...more);
const mask = (id: string, set = 'exact'): string => join(project, 'masks', set, `${id}.png`);

describe.skipIf(!cliBuilt)('a segmenter’s training (needs npm run build)', () => {
  it('leaves out masks with labels beyond the classes, of another size, damaged and gone, and names each', async () => {
    writeFileSync(mask('p000'), labelFile(new Uint8Array(1600).fill(3)));
    writeFileSync(mask('p001'), labelFile(new Uint8Array(400), 20));
    writeFileSync(mask('p002'), readFileSync(mask('p002')).subarray(0, 40));
    const { exitCode, stdout } = await train('--masks', 'exact', '--split', 'train');
    expect(exitCode).toBe(0);
    const { failures, images } = JSON.parse(stdout);
    expect(images).toBe(6);
    const codes = failures.map(({ id, code }: { id: string; code: string }) => `${id} ${code}`).sort();
    expect(codes).toEqual(['p000 label-unknown', 'p001 size-mismatch', 'p002 file-damaged']);
    rmSync(mask('p003'));
    expect(JSON.parse((await train('--masks', 'exact', '--split', 'train', '--overwrite')).stdout).images).toBe(5);
  });

  it('says so where every mask is ignored throughout', async () => {
    for (let at = 0; at < 8; at++) put(project, `masks/none/p00${at}.png`, labelFile(new Uint8Array(1600).fill(255)));
    const { exitCode, stderr } = await train('--masks', 'none');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('255 throughout');
  });

  it('goes without ground truth, and refuses to measure on a split that has none', async () => {
    const { stdout, exitCode } = await train('--masks', 'exact', '--no-validate');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).best).toBeNull();
    expect(existsSync(join(project, 'runs', 'r', 'checkpoints', 'best.safetensors'))).toBe(false);
    const asked = await train('--masks', 'exact', '--validate', 'train', '--overwrite');
    expect(asked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('ground truth') });
  });

  it('takes masks made by hand first, or alone, and refuses to go on once one has changed', async () => {
    put(project, 'masks/corrected/p000.png', labelFile(new Uint8Array(1600)));
    const both = await train('--masks', 'exact', '--split', 'train', '--set', 'masks.correctedWeight=2');
    expect(JSON.parse(both.stdout)).toMatchObject({ images: 6, corrected: 1 });
    const alone = await train('--overwrite', '--set', 'masks.only=corrected');
    expect(JSON.parse(alone.stdout)).toMatchObject({ images: 1, corrected: 1 });
    put(project, 'masks/corrected/p000.png', labelFile(new Uint8Array(1600).fill(1)));
    const resumed = await comask('segment', 'train', project, '--run', 'r', '--resume');
    expect(resumed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('images') });
  });

  it('names what is missing: a set, masks of a split, something to learn from, weights, a run', async () => {
    const refused = async (words: string, ...more: string[]): Promise<void> => {
      const ended = await train(...more);
      expect(ended.exitCode, words).not.toBe(0);
      expect(ended.stderr).toContain(words);
    };
    await refused('no masks set called "other"', '--masks', 'other');
    await refused('has a mask to learn from', '--masks', 'exact', '--split', 'none');
    await refused('nothing to learn from was named');
    await refused('trained weights', '--masks', 'exact', '--set', 'segmenter=vgg16-largefov');
    const none = await comask('segment', 'predict', project, '--run', 'none', '--predictions', 'x');
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no run called "none"') });
  });

  it('is no run for maps, as a classifier’s is none for label maps', async () => {
    await train('--masks', 'exact', '--no-validate');
    const maps = await comask('localize', project, '--run', 'r', '--maps', 'm');
    expect(maps).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('run of a segmenter') });
    const { exitCode, stderr } = await comask('segment', 'predict', project, '--run', 'r', '--predictions', 'x', '--weights', 'best'); // prettier-ignore
    expect(exitCode).toBe(1);
    expect(stderr).toContain('never measured');
  });
});
