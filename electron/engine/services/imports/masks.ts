import { resolve } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import type { ImageRecord, TruthConventionName } from '../../../../shared/project.js';
import type { OnProgress } from '../../../../shared/progress.js';
import { IGNORE, type Failure } from '../../../../shared/types.js';
import { encodeLabelMap } from '../../images/index.js';
import { readTruthMap } from '../../images/truth/index.js';
import { writeFileAtomic } from '../../project/files.js';
import type { Project } from '../../project/project.js';
import { paletteOf } from '../sets.js';
import { foreignFile, requireFolder } from './foreign-file.js';
import { importSet, type ImportSetResult } from './import-set.js';

export interface ImportMasksRequest {
  /** Name of the mask set; `corrected` is refused. */
  masks: string;
  from: string;
  /** What pixel values mean; VOC's way unless given. */
  convention?: TruthConventionName;
  split?: string;
  overwrite?: boolean;
}

/**
 * Takes a folder of masks {id}.png that others made as a mask set: indexed, grey, or coloured. Throws `file-missing` (no
 * such folder), `usage` (the name `corrected`) and what importSet throws.
 */
export async function importMasks(
  project: Project,
  { masks: name, from, convention = 'voc', split, overwrite = false }: ImportMasksRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ImportSetResult> {
  const folder = resolve(from);
  await requireFolder(folder);
  const palette = paletteOf(project);
  const classes = project.config.classes.length;
  const pathOf = ({ id }: ImageRecord): string => project.paths.mask(name, id);
  const take = async (image: ImageRecord): Promise<Failure[]> => {
    const file = foreignFile(folder, image.id, '.png');
    const mask = await readTruthMap(file, { convention, classes, palette });
    if (mask.width !== image.width || mask.height !== image.height) {
      const message = `it is ${mask.width}x${mask.height}, the photo ${image.width}x${image.height}`;
      throw new StudioError({ code: 'size-mismatch', message, file });
    }
    const stranger = mask.data.find((label) => label > classes && label !== IGNORE);
    if (stranger !== undefined) {
      throw new StudioError({ code: 'label-unknown', message: `it has label ${stranger}, the classes end at ${classes}`, file }); // prettier-ignore
    }
    await writeFileAtomic(pathOf(image), encodeLabelMap(mask, palette));
    return [];
  };
  const settings = { from: folder, convention };
  return importSet(
    project,
    { kind: 'masks', name, settings, filter: { split }, overwrite, filesOf: (image) => [pathOf(image)], take },
    onProgress,
    signal,
  );
}
