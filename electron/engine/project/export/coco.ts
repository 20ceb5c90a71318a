import { IGNORE } from '../../../../shared/types.js';
import { rleToText } from '../../images/rle/index.js';
import { countsOfRuns, regionRuns, type Ring } from '../../images/regions/index.js';
import type { ExportContext, ExportEntries, ExportFormat, ExportItem } from './format.js';
import { ignoreName, photoName, plainPhotoPath, splitName } from './names.js';
import { joined } from './pieces.js';
import { polygonsOf, segmentsOf } from './segments.js';

/** An annotation without its numbers, which are given when the document is written. */
interface Annotation {
  category_id: number;
  iscrowd: 0 | 1;
  /** Pixels. */
  area: number;
  /** Left, top, width, height. */
  bbox: number[];
  segmentation: { size: [height: number, width: number]; counts: string } | Ring[];
}

interface Kept {
  file_name: string;
  width: number;
  height: number;
  annotations: Annotation[];
}

/** Undecided pixels are a crowd: a region that evaluation passes over, which COCO keeps as run lengths always. */
function annotationsOf({ mask }: ExportItem, { settings }: ExportContext): Annotation[] {
  const { width, height } = mask;
  const cut = segmentsOf(mask, settings);
  const runs = regionRuns(cut, cut.segments.length, 'columns');
  const polygons = settings['coco.segmentation'] === 'polygon' ? polygonsOf(cut, settings) : null;
  return cut.segments.map(({ label, area, box }, place) => {
    const counts = (): string => rleToText({ width, height, counts: countsOfRuns(runs[place], width * height) });
    const crowd = label === IGNORE;
    return {
      category_id: label,
      iscrowd: crowd ? 1 : 0,
      area,
      bbox: [box.left, box.top, box.width, box.height],
      segmentation: polygons && !crowd ? polygons[place] : { size: [height, width], counts: counts() },
    };
  });
}

/** The document of a split: images, then annotations, each in a pass of its own, then categories, known by then. */
async function* instances(
  all: ExportEntries<Kept>,
  split: string | null,
  { classes, masks }: ExportContext,
): AsyncGenerator<string> {
  let [image, annotation, crowds] = [0, 0, 0];
  const head = { description: `masks "${masks}"` };
  yield* joined(
    `{"info":${JSON.stringify(head)},"licenses":[],\n"images":[`,
    all.entries(split),
    ({ kept: { annotations: _, ...photo } }) => `\n${JSON.stringify({ id: ++image, ...photo })}`,
    ',',
    '],\n',
  );
  image = 0;
  yield '"annotations":[';
  for await (const { kept } of all.entries(split)) {
    image++;
    for (const shape of kept.annotations) {
      crowds += shape.iscrowd;
      const before = annotation === 0 ? '\n' : ',\n';
      yield before + JSON.stringify({ id: ++annotation, image_id: image, ...shape });
    }
  }
  const categories = classes.map((name, index) => ({ id: index + 1, name, supercategory: name }));
  const ignore = ignoreName(classes);
  if (crowds > 0) categories.push({ id: IGNORE, name: ignore, supercategory: ignore });
  yield `],\n"categories":${JSON.stringify(categories)}}\n`;
}

/** Instances as COCO has them: annotations/instances_<split>.json. Numbers of categories are labels. */
export const coco: ExportFormat<Kept> = {
  name: 'coco',
  summary: 'COCO instances: annotations/instances_<split>.json, run lengths or polygons',
  photos: 'none',
  photoPath: plainPhotoPath,
  convert(item, context) {
    const { width, height } = item.image;
    const file_name = photoName(coco, item.image, context);
    return { files: [], kept: { file_name, width, height, annotations: annotationsOf(item, context) } };
  },
  documents: (all, context) =>
    all.splits.map((split) => ({
      path: `annotations/instances_${splitName(split)}.json`,
      pieces: instances(all, split, context),
    })),
};
