import { StudioError } from '../../../shared/errors.js';
import { readDescriptors } from '../jobs/run/descriptors.js';
import { runFiles } from '../jobs/run/files.js';
import { readRunRecord } from '../jobs/run/record.js';
import { learntImages, seenBy, type JobImage } from '../jobs/tasks/images.js';
import { similarity } from '../learn/localize/references/types.js';
import type { Project } from '../project/project.js';

/** Images of a class that a run has learnt from and compared. */
export interface ComparedClass {
  images: JobImage[];
  /** What an image is compared by, of unit length. Also known of images of other classes. */
  byId: ReadonlyMap<string, Float32Array>;
}

/** Cosine of descriptors above which two images count as the same picture: crops, copies, frames of one film. */
export const DUPLICATE = 0.995;

/**
 * The images of a class that a run compares, by id.
 *
 * @throws StudioError `run-missing`, `set-missing` where images are not compared by the run yet
 */
export function comparedClass(project: Project, run: string, classIndex: number): ComparedClass {
  const files = runFiles(project.paths.run(run));
  const described = readDescriptors(files);
  if (!described) {
    throw new StudioError({
      code: 'set-missing',
      message: `images are not compared by the run "${run}" yet`,
      remedy: 'Compare them first: it takes one look at each image.',
    });
  }
  const { byId } = described;
  const record = readRunRecord(files);
  const images = seenBy(record, learntImages(project, record.split)).filter(
    ({ id, classes }) => classes.includes(classIndex) && byId.has(id),
  );
  return { images, byId };
}

/** The mean of vectors, brought to unit length. */
export function unitMean(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0].length);
  for (const vector of vectors) for (let i = 0; i < mean.length; i++) mean[i] += vector[i];
  const length = Math.sqrt(similarity(mean, mean)) || 1;
  return mean.map((value) => value / length);
}
