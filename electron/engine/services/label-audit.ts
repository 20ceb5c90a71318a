import { StudioError } from '../../../shared/errors.js';
import type { LabelChange, LabelConfidence } from '../../../shared/project.js';
import type { Domain } from '../../../shared/types.js';
import { leastConfident } from '../learn/audit/confidence.js';
import { csvText } from '../project/csv-text.js';
import type { LabelRef } from '../project/label-store.js';
import type { Project } from '../project/project.js';

/** Ids of a domain's images; null stands for all domains. */
function belongsTo({ store }: Project, domain: Domain | null): (label: LabelRef) => boolean {
  if (domain === null) return () => true;
  const ids = new Set<string>();
  for (const { id } of store.iterateImages({ domain })) ids.add(id);
  return ({ imageId }) => ids.has(imageId);
}

/** Domain whose labels are doubted unless a person says otherwise: web photos, or where there are none, all (null). */
export function doubtedDomain({ store }: Project): Domain | null {
  return store.countImages({ domain: 'web' }) > 0 ? 'web' : null;
}

/**
 * The least confident labels of each class by the audit of a run, the lowest first.
 * @throws StudioError set-missing where the run was not used for an audit, or not of images of that domain
 */
export function doubtfulLabels(project: Project, run: string, domain: Domain | null, share: number): LabelConfidence[] {
  const audited = project.store.labels.confidences(run);
  const labels = audited.filter(belongsTo(project, domain));
  if (labels.length > 0) return leastConfident(labels, share);
  throw new StudioError({
    code: 'set-missing',
    message:
      audited.length === 0
        ? `there is no audit by the run "${run}"`
        : `the audit by the run "${run}" holds no image of domain ${domain}`,
    remedy:
      audited.length === 0
        ? `Make one (comask labels audit ${project.root} --run ${run}).`
        : 'Choose another domain (--domain), or train on those images too.',
  });
}

/**
 * Drops labels (weight 0) or makes them count less. What was changed before among the images of that domain is undone
 * first, so that the latest audit is the one that holds.
 */
export function changeLabels(
  project: Project,
  labels: readonly LabelRef[],
  { run, weight, domain }: Pick<LabelChange, 'run' | 'weight'> & { domain: Domain | null },
): void {
  const { labels: store } = project.store;
  const belongs = belongsTo(project, domain);
  project.store.transaction(() => {
    store.restore(store.changes().filter(belongs));
    store.change(labels.map(({ imageId, classIndex }) => ({ imageId, classIndex, weight, run })));
  });
}

/** Lets labels count fully again: those of the images and the class named, all where nothing is. Returns which. */
export function restoreLabels(
  { store }: Project,
  { ids, classIndex }: { ids: readonly string[]; classIndex?: number },
): LabelChange[] {
  const restored = store.labels
    .changes()
    .filter((change) => ids.length === 0 || ids.includes(change.imageId))
    .filter((change) => classIndex === undefined || change.classIndex === classIndex);
  store.labels.restore(restored);
  return restored;
}

const figure = (value: number | null): string => (value === null ? '' : value.toFixed(6));

/** Doubtful labels as a table for a spreadsheet. */
export function doubtfulCsv({ config: { classes } }: Project, labels: readonly LabelConfidence[]): string {
  return csvText(
    ['class', 'id', 'confidence', 'probability', 'agreement', 'suggested'],
    labels.map(({ classIndex, imageId, confidence, probability, agreement, suggested }) => [
      classes[classIndex],
      imageId,
      ...[confidence, probability, agreement].map(figure),
      suggested === null ? '' : classes[suggested],
    ]),
  );
}
