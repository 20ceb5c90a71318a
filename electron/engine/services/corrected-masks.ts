import { rm } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors.js';
import { oneAtATime } from '../../../shared/in-flight.js';
import { packRuns, unpackRuns } from '../../../shared/label-map/runs.js';
import type { ImageRecord } from '../../../shared/project.js';
import { IGNORE } from '../../../shared/types.js';
import { encodeLabelMap, photoHeader, readLabelMap } from '../images/index.js';
import { fileVersion } from '../project/file-version.js';
import { writeError, writeFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';
import { keepVersion } from './mask-history.js';
import { maskPath, paletteOf } from './sets.js';

/** A mask as it is sent: its labels packed as runs. */
export interface PackedMask {
  width: number;
  height: number;
  labels: Uint8Array;
}

/** Size of a photo as it is now, upright; that of the index where there is none any more. */
export async function sizeNow(project: Project, image: ImageRecord): Promise<{ width: number; height: number }> {
  const { width, height } = await photoHeader(project.photoPath(image)).catch(() => image);
  return { width, height };
}

const mismatch = (file: string, message: string): StudioError =>
  new StudioError({
    code: 'size-mismatch',
    message,
    file,
    remedy: 'Put back the photo that the mask belongs to, or begin with an empty mask.',
  });

/**
 * Masks made by hand. Only what a person asks for writes them, one at a time, each whole or not at all; what was there before
 * is kept (mask-history.ts).
 */
export class CorrectedMasks {
  readonly #inTurn = oneAtATime();

  /** The labels of a mask, with its version. Throws `file-missing`, `size-mismatch` and what readLabelMap throws. */
  async read(project: Project, image: ImageRecord, set: string): Promise<PackedMask & { version: string }> {
    const path = maskPath(project, set, image.id);
    const version = await fileVersion(path);
    const { width, height, data } = await readLabelMap(path);
    const size = await sizeNow(project, image);
    if (size.width !== width || size.height !== height) {
      throw mismatch(
        path,
        `the mask is ${width}x${height}, the photo ${project.photoPath(image)} ${size.width}x${size.height}`,
      );
    }
    return { width, height, labels: packRuns(data), version: version ?? '' };
  }

  /**
   * Saves the mask of an image in the place of the version `base`, null where there was none. Returns the new version.
   * Throws `changed-elsewhere` with the version that is there by now, `size-mismatch`, `label-unknown`, `file-damaged` (the
   * runs), `not-writable`, `disk-full`.
   */
  async save(project: Project, image: ImageRecord, mask: PackedMask & { base: string | null }): Promise<string> {
    const { width, height, base } = mask;
    const path = project.paths.correctedMask(image.id);
    const size = await sizeNow(project, image);
    if (size.width !== width || size.height !== height) {
      throw mismatch(
        path,
        `the photo ${project.photoPath(image)} is ${size.width}x${size.height} by now, the mask ${width}x${height}`,
      );
    }
    const data = checkedLabels(mask, project.config.classes.length, path);
    const file = encodeLabelMap({ width, height, data }, paletteOf(project));
    return this.#inTurn(async () => {
      await requireVersion(path, base);
      // What of another size takes its place is no next stroke.
      await keepVersion(project, image.id, (await isOfSize(path, mask)) ? 'settled' : 'always');
      await writeFileAtomic(path, file);
      return (await fileVersion(path)) ?? '';
    });
  }

  /** Takes the mask of an image away; it stays among its earlier versions. Throws as `save`. */
  async reset(project: Project, image: ImageRecord, base: string): Promise<void> {
    const path = project.paths.correctedMask(image.id);
    await this.#inTurn(async () => {
      await requireVersion(path, base);
      await keepVersion(project, image.id, 'always');
      await rm(path).catch((error: unknown) => {
        throw writeError(error, path);
      });
    });
  }
}

/** Whether a mask can be read and has this size. */
async function isOfSize(path: string, { width, height }: PackedMask): Promise<boolean> {
  const found = await photoHeader(path).catch(() => null);
  return found?.width === width && found.height === height;
}

async function requireVersion(path: string, base: string | null): Promise<void> {
  const version = await fileVersion(path);
  if (version === base) return;
  throw new StudioError({
    code: 'changed-elsewhere',
    message: version === null ? 'the mask was removed meanwhile' : 'the mask was changed meanwhile',
    file: path,
    remedy: 'Look at the other version, then keep yours, take the other, or merge both.',
    ...(version === null ? {} : { version }),
  });
}

/** The labels of a packed mask. Throws `file-damaged` where they are not as many as its pixels, and `label-unknown`. */
export function checkedLabels(
  { width, height, labels: packed }: PackedMask,
  classes: number,
  file: string,
): Uint8Array {
  let labels: Uint8Array;
  try {
    labels = unpackRuns(packed, width * height);
  } catch (error) {
    throw new StudioError(
      { code: 'file-damaged', message: `the mask was cut on its way: ${(error as Error).message}`, file, remedy: 'Save it again.' },
      { cause: error },
    ); // prettier-ignore
  }
  const foreign = labels.find((label) => label > classes && label !== IGNORE);
  if (foreign === undefined) return labels;
  throw new StudioError({
    code: 'label-unknown',
    message: `the mask has the label ${foreign}, the project ${classes} classes`,
    file,
    remedy: 'Give these pixels another class, or put the class back into project.json and open the project again.',
  });
}
