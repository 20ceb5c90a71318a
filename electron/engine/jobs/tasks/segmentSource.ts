import { StudioError } from '../../../../shared/errors.js';
import type { ImageRecord } from '../../../../shared/project.js';
import type { SegmentSettings } from '../../../../shared/settings/index.js';
import type { LabelMap } from '../../../../shared/types.js';
import { agreementOf } from '../../evaluate/agreement.js';
import { addConfusion, confusionOf, emptyConfusion } from '../../evaluate/confusion.js';
import { metricsOf } from '../../evaluate/metrics.js';
import { resizeNearest } from '../../images/index.js';
import type { SampleSource } from '../../learn/segment/batches.js';
import type { Validation } from '../../learn/segment/validate.js';
import type { Project } from '../../project/project.js';
import { readTruth } from '../../services/evaluation-files.js';
import { readExportMask } from '../../services/export-mask.js';
import type { LearntMask } from '../../services/learnt-masks.js';
import { maskPath } from '../../services/sets.js';
import { photoReader } from './photos.js';

/** The record of an image; throws `file-missing` for an id of no image. */
function imageOf({ store }: Project, id: string): ImageRecord {
  const image = store.image(id);
  if (image) return image;
  throw new StudioError({ code: 'file-missing', message: `there is no image "${id}" in the project`, file: id });
}

/**
 * Photos and masks to learn from. A mask of another size than its photo, or with labels beyond the classes, is refused when
 * it is read; that of a photo that comes at a reduced size is reduced with it.
 *
 * @param agreement mask set whose agreement with a mask that was not made by hand is what its image counts
 */
export function sampleSource(
  project: Project,
  masks: readonly LearntMask[],
  settings: Pick<SegmentSettings, 'masks.correctedWeight'>,
  agreement: string | null,
): SampleSource {
  const classes = project.config.classes.length;
  const readPhoto = photoReader(project);
  const byId = new Map(masks.map((mask) => [mask.id, mask]));
  const weightOf = async (image: ImageRecord, { corrected }: LearntMask, labels: LabelMap): Promise<number> => {
    if (corrected) return settings['masks.correctedWeight'];
    if (agreement === null) return 1;
    const other = await readExportMask(maskPath(project, agreement, image.id), image, classes);
    return agreementOf(labels, other, classes + 1);
  };
  return {
    ids: masks.map(({ id }) => id),
    async read(id) {
      const image = imageOf(project, id);
      const mask = byId.get(id)!;
      const labels = await readExportMask(mask.path, image, classes);
      const photo = await readPhoto(id);
      return {
        photo,
        labels: resizeNearest(labels, photo.width, photo.height),
        weight: await weightOf(image, mask, labels),
      };
    },
  };
}

/** At most `most` of the items, spread evenly over them; all for 0. */
export function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (most === 0 || items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);
}

/** Images of a split with ground truth to measure on, by mIoU; null for no split. Throws `dataset-empty` for one without. */
export function validationOf(project: Project, split: string | null, most: number): Validation | null {
  if (split === null) return null;
  const ids = [...project.store.iterateImages({ split, withTruth: true })].map(({ id }) => id);
  if (ids.length === 0) {
    throw new StudioError({
      code: 'dataset-empty',
      message: `no image of split "${split}" has ground truth to measure on`,
      remedy: 'Choose another split to measure on (--validate), or none (--no-validate).',
    });
  }
  const labels = project.config.classes.length + 1;
  const readPhoto = photoReader(project);
  return {
    ids: spread(ids, most),
    async read(id) {
      const truth = await readTruth(project, { kind: 'masks', set: '' }, imageOf(project, id));
      if (!truth) throw new StudioError({ code: 'file-missing', message: 'it has no ground truth', file: id });
      return { photo: await readPhoto(id), truth };
    },
    measure() {
      const total = emptyConfusion(labels);
      return {
        add: (truth, mask) => addConfusion(total, confusionOf(truth, mask, labels)),
        mIoU: () => metricsOf(total).mIoU,
      };
    },
  };
}
