import { StudioError } from '../../../../shared/errors.js';
import { coco } from './coco/coco.js';
import { csv } from './csv.js';
import { folders } from './folders.js';
import type { DatasetFormat, FormatOptions } from './format.js';
import { plain } from './plain.js';
import { voc } from './voc/voc.js';
import { yolo } from './yolo/yolo.js';

export * from './drawn-truth.js';
export * from './format.js';

/** Every dataset format, in the order in which they are tried. */
export const datasetFormats: readonly DatasetFormat[] = [voc, coco, yolo, csv, folders, plain];

/**
 * The format of that name, or under `auto` the first that recognises the folder.
 * @throws StudioError usage (no such name), dataset-unknown (nothing recognised; says what was looked for)
 */
export async function chooseFormat(name: string, root: string, options: FormatOptions): Promise<DatasetFormat> {
  if (name !== 'auto') {
    const named = datasetFormats.find((format) => format.name === name);
    if (named) return named;
    throw new StudioError({
      code: 'usage',
      message: `there is no dataset format called "${name}"`,
      remedy: `Choose one of auto, ${datasetFormats.map((format) => format.name).join(', ')}.`,
    });
  }
  for (const format of datasetFormats) {
    if (await format.recognises(root, options)) return format;
  }
  const looked = datasetFormats.map((format) => `  ${format.name}: ${format.looksFor}`).join('\n');
  throw new StudioError({
    code: 'dataset-unknown',
    message: `no known dataset layout in ${root}; looked for\n${looked}`,
    file: root,
    remedy: 'Check that this is the folder you mean, or arrange the photos in one of these ways.',
  });
}
