import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import type { SampleSettings } from '../../../../shared/settings/index.js';
import { writeError, writeFileAtomic } from '../files.js';

/** Says that a folder is a sample, with the settings it was made by. */
const MARKER = 'sample.json';

/** Names that the generator gives; nothing else in a sample's folder is ever deleted. */
const GENERATED = /^scene-\d{4,}\.(jpg|png)$/;

export async function writeMarker(folder: string, settings: SampleSettings, complete: boolean): Promise<void> {
  const marker = { madeBy: 'comask sample', settings, complete };
  await writeFileAtomic(join(folder, MARKER), `${JSON.stringify(marker, null, 2)}\n`);
}

async function entriesOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  if (!(await stat(folder)).isDirectory()) {
    throw new StudioError({
      code: 'not-writable',
      message: `${folder} is a file, not a folder`,
      file: folder,
      remedy: 'Choose a folder that does not exist yet.',
    });
  }
  return readdir(folder);
}

/**
 * Makes the folder, or empties an earlier sample of its generated pictures.
 * @throws StudioError not-writable for a folder that holds anything but a sample
 */
export async function prepareFolder(folder: string): Promise<void> {
  const entries = await entriesOf(folder);
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new StudioError({
      code: 'not-writable',
      message: `${folder} holds other files`,
      file: folder,
      remedy: 'Choose an empty folder, or one that an earlier sample was written to.',
    });
  }
  for (const sub of ['JPEGImages', 'SegmentationClass']) {
    const names = await entriesOf(join(folder, sub));
    await Promise.all(names.filter((name) => GENERATED.test(name)).map((name) => rm(join(folder, sub, name))));
  }
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
}
