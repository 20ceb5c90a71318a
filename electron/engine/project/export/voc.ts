import { encodeLabelMap } from '../../images/index.js';
import type { ExportContext, ExportEntries, ExportFormat } from './format.js';
import { classLines, endingOf, oneLine, percentEncoded, splitName } from './names.js';
import { joined, whole } from './pieces.js';

const LISTS = 'ImageSets/Segmentation';

/** An id as it stands in the lists, whose fields end at a blank: blanks and `%` are encoded, folders stay. */
export const vocName = (id: string): string => percentEncoded(id, /[%\s]/g);

/** Image-level labels, 0-based. */
type Kept = number[];

/** CVAT's and Datumaro's table of labels and colours, with which they read this layout. */
function labelMapText({ classes, palette }: ExportContext): string {
  const lines = ['background', ...classes].map((name, label) => `${oneLine(name)}:${palette[label].join(',')}::\n`);
  return `# label:color_rgb:parts:actions\n${lines.join('')}`;
}

/** The labelled images of a split: a label file has no line for the others. */
async function* labelled(all: ExportEntries<Kept>, split: string | null): AsyncGenerator<{ id: string; kept: Kept }> {
  for await (const entry of all.entries(split)) if (entry.kept.length > 0) yield entry;
}

/** A devkit as the import reads it: the labels are the project's image-level ones, the masks ground truth. */
export const voc: ExportFormat<Kept> = {
  name: 'voc',
  summary: 'a VOC devkit: JPEGImages, SegmentationClass, ImageSets/Segmentation, classes.txt',
  photos: 'copy',
  photoPath: (image) => `JPEGImages/${vocName(image.id)}${endingOf(image)}`,
  convert: ({ image, mask }, { palette }) => ({
    files: [{ path: `SegmentationClass/${vocName(image.id)}.png`, data: encodeLabelMap(mask, palette) }],
    kept: image.classes,
  }),
  documents: (all, context) => [
    ...all.splits.flatMap((split) => [
      {
        path: `${LISTS}/${splitName(split)}.txt`,
        pieces: joined('', all.entries(split), ({ id }) => `${vocName(id)}\n`, '', ''),
      },
      {
        path: `${LISTS}/${splitName(split)}_cls.txt`,
        pieces: joined('', labelled(all, split), ({ id, kept }) => `${vocName(id)} ${kept.join(' ')}\n`, '', ''),
      },
    ]),
    { path: 'classes.txt', pieces: whole(classLines(context.classes)) },
    { path: 'labelmap.txt', pieces: whole(labelMapText(context)) },
  ],
};
