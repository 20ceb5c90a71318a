import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetFormats } from '../../../../../../electron/engine/project/formats/index.js';
import { readLabelFile } from '../../../../../../electron/engine/project/formats/labels/index.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

/*
 * The attack: a pipe that nobody writes to, or a link to a device without an end, under the name of a file of a dataset.
 */
describe.skipIf(process.platform === 'win32')('what never ends is no file (Windows has no such names)', () => {
  const strange: [string, (path: string) => void][] = [
    ['pipe', (path) => void execFileSync('mkfifo', [path])],
    ['device', (path) => symlinkSync('/dev/zero', path)],
  ];

  it.each(strange)('a %s as a label file is refused', async (_what, make) => {
    for (const name of ['labels.txt', 'labels.npy', 'labels.csv', 'labels.json']) {
      const file = join(temporaryFolder(), name);
      make(file);
      await expect(readLabelFile(file)).rejects.toMatchObject({ code: 'file-unreadable', file });
    }
  });

  it.each(strange)('a %s as the annotations of COCO is refused', async (_what, make) => {
    const root = temporaryFolder();
    put(root, 'annotations/other.txt', '');
    const file = join(root, 'annotations/instances_train.json');
    make(file);
    const coco = datasetFormats.find(({ name }) => name === 'coco')!;
    await expect(coco.classes(root, {})).rejects.toMatchObject({ code: 'file-unreadable', file });
  });
});

it('a table of one line that is full of wrong quotes is refused at once', async () => {
  const file = put(temporaryFolder(), 'labels.csv', '{"a":'.repeat(200_000));
  const { user } = process.cpuUsage();
  await expect(readLabelFile(file)).rejects.toMatchObject({ code: 'file-damaged', file, message: expect.stringMatching(/line 1 is broken/) as string }); // prettier-ignore
  expect(process.cpuUsage().user - user).toBeLessThan(5e6);
});
