import { StudioError } from '../../../../shared/errors.js';
import type { ImageFilter, ImageRecord, LabelChange } from '../../../../shared/project.js';
import type { Domain } from '../../../../shared/types.js';
import type { TrainingImage } from '../../learn/train/types.js';
import type { Project } from '../../project/project.js';
import type { RunRecord } from '../run/record.js';

/** What a job keeps of each of its images throughout: a fifth of what a whole record takes. */
export type JobImage = Pick<ImageRecord, 'id' | 'dataset' | 'domain' | 'classes'>;

function required({ store, root }: Project, filter: ImageFilter): JobImage[] {
  const images: JobImage[] = [];
  for (const { id, dataset, domain, classes } of store.iterateImages({ labelled: true, ...filter })) {
    images.push({ id, dataset, domain, classes });
  }
  if (images.length > 0) return images;
  const { split, domain } = filter;
  const which = [split === undefined ? '' : ` of split "${split}"`, domain === undefined ? '' : ` of domain ${domain}`];
  throw new StudioError({
    code: 'dataset-empty',
    message: `no image${which.join('')} has a label`,
    file: root,
    remedy: 'Look which splits and domains there are, and how many images are labelled (comask info PROJECT).',
  });
}

/**
 * Images to make maps of, ordered by id: labelled, of a split and a domain (null: of any), without dropped labels.
 * Throws `dataset-empty` where there are none.
 */
export function mappedImages(project: Project, split: string | null, domain: Domain | null): JobImage[] {
  return required(project, { split: split ?? undefined, domain: domain ?? undefined, kept: true });
}

/**
 * Images that a run learns from, ordered by id: the labelled ones of a split (null: of all), and those of other domains
 * that belong to no split.
 *
 * @param kept without the labels that were dropped after an audit
 * @throws StudioError dataset-empty
 */
export function learntImages(project: Project, split: string | null, { kept = true } = {}): JobImage[] {
  return required(project, { split: split ?? undefined, learnt: true, kept });
}

/** Images as training takes them, with what each label counts. */
export function trainingImages(images: readonly JobImage[], changes: readonly LabelChange[]): TrainingImage[] {
  const weights = new Map<string, Record<number, number>>();
  for (const { imageId, classIndex, weight } of changes) {
    if (weight > 0) weights.set(imageId, { ...weights.get(imageId), [classIndex]: weight });
  }
  return images.map(({ id, classes, domain }) => {
    const own = Object.entries(weights.get(id) ?? {}).filter(([classIndex]) => classes.includes(Number(classIndex)));
    return { id, classes, domain, ...(own.length > 0 ? { labelWeights: Object.fromEntries(own) } : {}) };
  });
}

/** Images of the datasets that a run has seen; of any where its record does not tell. */
export function seenBy<Image extends Pick<JobImage, 'dataset'>>(
  { datasets }: Pick<RunRecord, 'datasets'>,
  images: readonly Image[],
): Image[] {
  const seen = datasets && new Set(datasets.map(({ place }) => place));
  return images.filter(({ dataset }) => !seen || seen.has(dataset));
}

/** Images that may be references of a run's maps: those it has learnt from, of the domains given. */
export function referencePool(project: Project, record: RunRecord, domains: readonly Domain[]): JobImage[] {
  const learnt = seenBy(record, learntImages(project, record.split));
  return learnt.filter(({ domain }) => domains.includes(domain));
}
