import { StudioError } from '../../../../../shared/errors.js';
import type { Failure } from '../../../../../shared/types.js';
import { idOf } from '../../paths.js';
import type { DrawnTruth } from '../drawn-truth.js';
import type { DatasetEntry, DatasetFormat, FormatOptions } from '../format.js';
import { AnnotationIndex, type IndexedImage } from './annotation-index.js';
import type { CocoAnnotation } from './annotations.js';
import { drawAnnotations } from './draw.js';
import { annotationFiles, inFolder, looksLikeCoco, photoFolder, type AnnotationFile } from './files.js';
import { oncePerImport } from '../once.js';
import { readElements } from './json-elements.js';

/** Photos that are looked for to find their folder: some may be missing. */
const PROBES = 20;

/**
 * COCO's instances: annotations/instances_<split>.json with photos in <split>/, images/ or beside. Classes are the
 * categories in the order of their ids; an image has the labels of all its annotations, crowd or not. Ground truth is
 * drawn from polygons and masks.
 */
export const coco: DatasetFormat = {
  name: 'coco',
  looksFor: 'annotations/instances_<split>.json as COCO has it, with photos in <split>/ or images/',

  async recognises(root, { labels }) {
    const [first] = await annotationFiles(root, labels);
    return first !== undefined && looksLikeCoco(first.file);
  },

  async classes(root, options) {
    return [...namesOf(await indexed(root, options), {}).values()];
  },

  async *read(root, options) {
    const files = await indexed(root, options);
    const names = namesOf(files, options);
    for (const file of files) yield* entriesOf(root, file, names);
  },
};

interface Indexed {
  described: AnnotationFile;
  index: AnnotationIndex;
}

const indexed = oncePerImport(async (root, { labels }: FormatOptions): Promise<Indexed[]> => {
  const found: Indexed[] = [];
  for (const described of await annotationFiles(root, labels)) {
    const index = await AnnotationIndex.of(described.file);
    if (index.categories.length > 0) found.push({ described, index });
  }
  if (found.length > 0) return found;
  throw new StudioError({
    code: 'dataset-unknown',
    message: `there is no JSON with categories, images and annotations in ${root}`,
    file: root,
    remedy: 'Name the file of annotations as the label file (--labels FILE.json).',
  });
});

/** Names by the ids of categories, in the order of the ids: those of the options, else the file's. */
function namesOf(files: readonly Indexed[], { classes }: FormatOptions): Map<number, string> {
  const names = new Map<number, string>();
  for (const { index } of files) for (const { id, name } of index.categories) if (!names.has(id)) names.set(id, name);
  return new Map([...names].sort(([a], [b]) => a - b).map(([id, name], place) => [id, classes?.[place] ?? name]));
}

async function* entriesOf(
  root: string,
  { described, index }: Indexed,
  names: ReadonlyMap<number, string>,
): AsyncGenerator<DatasetEntry | Failure> {
  yield* index.failures;
  const probes: string[] = [];
  for (const { image } of index.images()) if (probes.push(slashes(image.file_name)) === PROBES) break;
  const folder = await photoFolder(root, described, probes);
  // A category that the file does not list is no class, whatever its name: the image is reported.
  const nameOf = (category: number): string => names.get(category) ?? `category ${category}`;
  for (const item of index.images()) {
    const path = inFolder(folder, slashes(item.image.file_name));
    yield {
      id: idOf(path),
      path,
      split: described.split,
      labels: index.annotations > 0 ? item.categories.map(nameOf) : null,
      truth: index.hasShapes ? truthOf(item, index.file, nameOf) : null,
    };
  }
}

function truthOf({ image, places }: IndexedImage, file: string, nameOf: (category: number) => string): DrawnTruth {
  return {
    file,
    async draw(size, labelOf) {
      if ((image.width ?? size.width) !== size.width || (image.height ?? size.height) !== size.height) {
        throw new StudioError({
          code: 'size-mismatch',
          message: `the annotations are for ${image.width}x${image.height}, the photo is ${size.width}x${size.height}`,
          file,
        });
      }
      const annotations = await readElements<CocoAnnotation>(file, places);
      return drawAnnotations(annotations, size, (category) => labelOf(nameOf(category)), file);
    },
  };
}

const slashes = (path: string): string => path.replaceAll('\\', '/').replace(/^\.\//, '');
