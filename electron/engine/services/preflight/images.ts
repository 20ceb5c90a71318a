import { setImmediate as breathe } from 'node:timers/promises';
import type { JobKind, JobRequest } from '../../../../shared/api/job-requests.js';
import type { JobCheck } from '../../../../shared/api/job-checks.js';
import type { ImageFilter, ImageRecord } from '../../../../shared/project.js';
import type { Project } from '../../project/project.js';

/** Kinds of jobs that are checked before they start. */
const checkedKinds = [
  'train',
  'localize',
  'saliency',
  'masks',
  'segment-train',
  'segment-predict',
  'evaluate',
  'export',
] as const satisfies JobKind[];

/** A request that is checked before it starts. */
export type ImageRequest = JobRequest<(typeof checkedKinds)[number]>;

export const isChecked = (request: JobRequest): request is ImageRequest =>
  checkedKinds.some((kind) => kind === request.kind);

/** Images looked at before others that ask the engine are let in. */
const AT_A_TIME = 200;

/** The images that a job works on, as its task chooses them. */
export function imagesOf(request: ImageRequest): ImageFilter {
  const { split } = request;
  const domain = 'domain' in request ? (request.domain ?? undefined) : undefined;
  switch (request.kind) {
    case 'train':
      return { labelled: true, split, learnt: true, kept: true };
    case 'localize':
    case 'masks':
      return { labelled: true, split, domain, kept: true };
    case 'segment-train':
      return { split, learnt: true };
    case 'saliency':
    case 'segment-predict':
      return { split, domain };
    case 'evaluate':
      return { split, domain };
    case 'export':
      return { split, labelled: request.labelled ? true : undefined };
  }
}

/** Calls `look` for each image; requests of others are answered meanwhile. */
export async function eachImage(
  { store }: Project,
  filter: ImageFilter,
  look: (image: ImageRecord) => void,
): Promise<void> {
  // prettier-ignore
  let seen = 0;
  for (const image of store.iterateImages(filter)) {
    look(image);
    if (++seen % AT_A_TIME === 0) await breathe();
  }
}

/** How many of these images lack something. */
export async function countLacking(
  project: Project,
  filter: ImageFilter,
  has: (image: ImageRecord) => boolean,
): Promise<{ count: number; total: number }> {
  let [count, total] = [0, 0];
  await eachImage(project, filter, (image) => {
    total++;
    if (!has(image)) count++;
  });
  return { count, total };
}

/** Whether there are images to work on, and how many of those asked for a label keeps out. */
export function checkImages({ store }: Project, request: ImageRequest): JobCheck[] {
  const filter = imagesOf(request);
  const count = store.countImages(filter);
  const images: JobCheck = { name: 'images', level: count > 0 ? 'fine' : 'problem', count };
  if (!filter.labelled) return [images];
  const total = store.countImages({ ...filter, labelled: undefined });
  return total > count ? [images, { name: 'unlabelled', level: 'warning', count: total - count, total }] : [images];
}

/** Classes that no image of a training carries: nothing is learnt of them. */
export async function checkClasses(project: Project, request: ImageRequest): Promise<JobCheck[]> {
  const taught = new Set<number>();
  await eachImage(project, imagesOf(request), ({ classes }) => classes.forEach((index) => taught.add(index)));
  const total = project.config.classes.length;
  const count = total - taught.size;
  return count > 0 && taught.size > 0 ? [{ name: 'untaught', level: 'warning', count, total }] : [];
}

/** Bytes of 8-bit pictures of these images at most, one an image or one a labelled class. */
export async function pictureBytes(project: Project, request: ImageRequest, ofClasses: boolean): Promise<number> {
  let bytes = 0;
  await eachImage(project, imagesOf(request), ({ width, height, classes }) => {
    bytes += width * height * (ofClasses ? classes.length : 1);
  });
  return bytes;
}
