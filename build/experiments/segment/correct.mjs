import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';

/**
 * Copies a mask set into `folder`, ground truth in the place of its worst masks.
 * @param worst ids of the images, worst mask first
 * @returns how many there are, and how many of them were corrected
 */
export async function writeCorrected({ masks, data, percent }, worst, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const corrected = Math.round((worst.length * percent) / 100);
  for (const [rank, id] of worst.entries()) {
    const file = `${posix.basename(id)}.png`;
    const from = rank < corrected ? join(data, 'SegmentationClass') : masks;
    await copyFile(join(from, file), join(folder, file));
  }
  return { masks: worst.length, corrected };
}
