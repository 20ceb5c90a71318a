import { existsSync } from 'node:fs';
import type { ImageRecord } from '../../../../shared/project.js';
import type { ByteImage, FloatMap } from '../../../../shared/types.js';
import { encodeGrey, encodeNpy, resizeCubicBytes } from '../../images/index.js';
import type { LocalizationMap } from '../../learn/localize/types.js';
import { writeFileAtomic } from '../../project/files.js';
import type { Project } from '../../project/project.js';
import { recordSet } from './madeSet.js';

/** A set of maps in a project's folder. */
export interface MapSet {
  project: Project;
  name: string;
  /** Beside the 8-bit maps also the raw floats as .npy. */
  raw: boolean;
}

/** Float 0..1 as 8 bit, truncated as the published maps are. */
export function toBytes({ width, height, data }: FloatMap): ByteImage {
  return { width, height, data: Uint8Array.from(data, (value) => Math.trunc(Math.min(1, Math.max(0, value)) * 255)) };
}

/** Notes what the maps are made from; see recordSet. */
export function recordMaps({ project, name }: MapSet, run: string, made: Record<string, unknown>, anew: boolean): void {
  const place = { anew, folder: project.paths.maps(name) };
  recordSet(project, { kind: 'maps', name }, [{ kind: 'run', name: run }], made, place);
}

/** Whether every labelled class of an image has its file(s). */
export function hasMaps(
  { project: { paths }, name, raw }: MapSet,
  { id, classes }: Pick<ImageRecord, 'id' | 'classes'>,
): boolean {
  return classes.every(
    (index) => existsSync(paths.map(name, id, index)) && (!raw || existsSync(paths.map(name, id, index, '.npy'))),
  );
}

/** Writes an image's maps: 8 bit at the photo's size, and the raw ones at feature size where asked for. */
export async function writeMaps(
  { project: { paths }, name, raw: withRaw }: MapSet,
  id: string,
  photo: { width: number; height: number },
  maps: readonly LocalizationMap[],
): Promise<void> {
  for (const { classIndex, raw, scaled } of maps) {
    if (withRaw) {
      const array = encodeNpy({ shape: [raw.height, raw.width], data: raw.data });
      await writeFileAtomic(paths.map(name, id, classIndex, '.npy'), array);
    }
    const bytes = resizeCubicBytes(toBytes(scaled), photo.width, photo.height);
    await writeFileAtomic(paths.map(name, id, classIndex), encodeGrey(bytes));
  }
}
