import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors.js';
import type { ImageRecord } from '../../../shared/project.js';
import { IGNORE, type LabelMap } from '../../../shared/types.js';
import { readLabelMap } from '../images/index.js';
import { CORRECTED } from '../project/layout.js';
import type { Project } from '../project/project.js';
import { maskPath, type LabelMapKind } from './sets.js';

/** The file of the mask that is exported for an image. */
export interface MaskSource {
  path: string;
  /** Whether it was made by hand. */
  corrected: boolean;
  /** Differs once the file has been changed, or another one takes its place. */
  version: string;
}

/** An image's mask: the one made by hand where there is one and `corrected` asks for it, else that of the set; or null. */
export async function maskSourceOf(
  project: Project,
  { masks, of, corrected }: { masks: string; of?: LabelMapKind; corrected: boolean },
  { id }: ImageRecord,
): Promise<MaskSource | null> {
  const byHand = corrected && of !== 'predictions' && existsSync(project.paths.correctedMask(id));
  const path = byHand ? project.paths.correctedMask(id) : maskPath(project, masks, id, of);
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  const isCorrected = byHand || (of !== 'predictions' && masks === CORRECTED);
  return { path, corrected: isCorrected, version: `${isCorrected ? 'hand' : 'made'} ${found.size} ${found.mtimeMs}` };
}

/** The first label that is neither background, a class, nor ignore; undefined where all are. */
function foreignLabel({ data }: LabelMap, classes: number): number | undefined {
  return data.find((label) => label > classes && label !== IGNORE);
}

/** Reads a mask for export. Throws `size-mismatch`, `label-unknown` and what readLabelMap throws. */
export async function readExportMask(path: string, image: ImageRecord, classes: number): Promise<LabelMap> {
  const mask = await readLabelMap(path);
  if (mask.width !== image.width || mask.height !== image.height) {
    throw new StudioError({
      code: 'size-mismatch',
      message: `the mask is ${mask.width}x${mask.height}, the photo ${image.width}x${image.height}`,
      file: path,
      remedy: 'Make the mask again from the photo of this project.',
    });
  }
  const foreign = foreignLabel(mask, classes);
  if (foreign === undefined) return mask;
  throw new StudioError({
    code: 'label-unknown',
    message: `the mask has the label ${foreign}, the project ${classes} classes`,
    file: path,
    remedy: 'Make the mask again with the classes of this project.',
  });
}
