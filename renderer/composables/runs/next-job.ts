import type { JobKind, JobRequest } from '../../../shared/api/index.js';
import type { ArtifactRef } from '../../../shared/project.js';

/** A set that can be measured, and the split of its images; undefined for all. */
export interface MeasurableSet extends ArtifactRef {
  split?: string;
}

/** What a job has made that can be measured next; null for jobs that make nothing of the kind. */
export function measurableOf(request: JobRequest<JobKind>): MeasurableSet | null {
  switch (request.kind) {
    case 'localize':
      return { kind: 'maps', name: request.maps, split: request.split };
    case 'saliency':
      return { kind: 'saliency', name: request.saliency, split: request.split };
    case 'masks':
      return { kind: 'masks', name: request.masks, split: request.split };
    case 'segment-predict':
      return { kind: request.as, name: request.predictions, split: request.split };
    default:
      return null;
  }
}
