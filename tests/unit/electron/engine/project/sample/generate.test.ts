import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readLabelMap } from '../../../../../../electron/engine/images/label-map.js';
import { generateSample } from '../../../../../../electron/engine/project/sample/generate.js';
import { sampleSettings } from '../../../../../../shared/settings/index.js';
import type { Progress } from '../../../../../../shared/progress.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const small = sampleSettings.resolve({ images: 8, width: 80, height: 64, classes: 3, valShare: 0.25 });
const never = new AbortController().signal;
const ignore = (): void => undefined;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const lines = async (name: string): Promise<string[]> =>
  (await readFile(join(folder, 'ImageSets/Segmentation', name), 'utf8')).trim().split('\n');

describe('the sample folder', () => {
  it('holds photos, masks, lists that agree with the masks, and class names', async () => {
    const summary = await generateSample(folder, small, ignore, never);
    expect(summary.images).toEqual({ train: 6, val: 2 });
    expect(await readFile(join(folder, 'classes.txt'), 'utf8')).toBe('star\nrings\ncross\n');
    expect(await readdir(join(folder, 'JPEGImages'))).toHaveLength(8);

    const listed = [...(await lines('train_cls.txt')), ...(await lines('val_cls.txt'))].map((line) => line.split(' '));
    expect([...(await lines('train.txt')), ...(await lines('val.txt'))]).toEqual(listed.map(([id]) => id));
    for (const [id, ...classes] of listed) {
      const { data, width, height } = await readLabelMap(join(folder, 'SegmentationClass', `${id}.png`));
      expect([width, height]).toEqual([80, 64]);
      const present = [...new Set(data)].filter((label) => label > 0).sort((a, b) => a - b);
      expect(present.map((label) => String(label - 1))).toEqual(classes);
    }
    const count = (k: number): number => listed.filter(([, ...classes]) => classes.includes(String(k))).length;
    expect(summary.photosPerClass).toEqual([count(0), count(1), count(2)]);
  });

  it('gives these masks for this seed on every machine', async () => {
    const { masksSha256 } = await generateSample(folder, small, ignore, never);
    expect(masksSha256).toBe('9122fd213b210293abd6ba5e92e9e1c39a3c50cf06f772fd59ef752faf01d7be');
  });

  it('is replaced by a later sample, whose pictures alone remain beside what a person added', async () => {
    await generateSample(folder, small, ignore, never);
    await writeFile(join(folder, 'JPEGImages', 'mine.jpg'), 'mine');
    await generateSample(folder, { ...small, images: 4 }, ignore, never);
    expect((await readdir(join(folder, 'JPEGImages'))).sort()).toEqual([
      'mine.jpg',
      ...[1, 2, 3, 4].map((n) => `scene-000${n}.jpg`),
    ]);
  });

  it('is not written into a folder with other files', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    await expect(generateSample(folder, small, ignore, never)).rejects.toMatchObject({ code: 'not-writable' });
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('stops when asked to and can be run again', async () => {
    const abort = new AbortController();
    const stopAtThird = ({ done }: Progress): void => (done === 3 ? abort.abort() : undefined);
    await expect(generateSample(folder, small, stopAtThird, abort.signal)).rejects.toMatchObject({
      code: 'interrupted',
    });
    const marker = async (): Promise<unknown> => JSON.parse(await readFile(join(folder, 'sample.json'), 'utf8'));
    expect(await marker()).toMatchObject({ complete: false });
    await generateSample(folder, small, ignore, never);
    expect(await marker()).toMatchObject({ complete: true, settings: small });
  });
});
