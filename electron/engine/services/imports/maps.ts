import { resolve } from 'node:path';
import type { ImageRecord, MapSourceName } from '../../../../shared/project.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';
import { encodeGrey, resizeBilinear } from '../../images/index.js';
import { toBytes } from '../../jobs/tasks/maps.js';
import { writeFileAtomic } from '../../project/files.js';
import type { Project } from '../../project/project.js';
import { requireFolder } from './foreign-file.js';
import { importSet, type ImportSetResult } from './import-set.js';
import { mapSources } from './registry.js';
import type { ForeignMap } from './source.js';

export interface ImportMapsRequest {
  /** Name of the map set. */
  maps: string;
  from: string;
  kind: MapSourceName;
  split?: string;
  overwrite?: boolean;
}

/**
 * Takes localization maps that others made as a map set, at the photo's size: maps/<name>/{id}_{class}.png. Throws
 * `file-missing` (no such folder) and what importSet throws.
 */
export async function importMaps(
  project: Project,
  { maps: name, from, kind, split, overwrite = false }: ImportMapsRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ImportSetResult> {
  const folder = resolve(from);
  await requireFolder(folder);
  const { paths, config } = project;
  const take = async (image: ImageRecord): Promise<Failure[]> => {
    const { maps, missing } = await mapSources[kind].read(folder, image);
    for (const { classIndex, map } of maps) {
      await writeFileAtomic(paths.map(name, image.id, classIndex), encodeGrey(asPhoto(map, image)));
    }
    return missing.map(({ classIndex, file }): Failure => {
      const reason = `there is no map of ${config.classes[classIndex]}`;
      return { id: image.id, file, code: 'file-missing', reason, action: 'imported without it' };
    });
  };
  const filesOf = ({ id, classes }: ImageRecord): string[] => classes.map((index) => paths.map(name, id, index));
  const filter = { split, labelled: true };
  return importSet(project, { kind: 'maps', name, settings: { from: folder, kind }, filter, overwrite, filesOf, take }, onProgress, signal); // prettier-ignore
}

/** 8 bit at the photo's size. */
function asPhoto(map: ForeignMap['map'], { width, height }: ImageRecord): ReturnType<typeof toBytes> {
  const bytes = map.data instanceof Float32Array ? toBytes({ ...map, data: map.data }) : { ...map, data: map.data };
  return bytes.width === width && bytes.height === height ? bytes : resizeBilinear(bytes, width, height);
}
