import { isDeepStrictEqual } from 'node:util';
import type { JobCheck } from '../../../../shared/api/job-checks.js';
import type { JobRequest } from '../../../../shared/api/job-requests.js';
import { StudioError } from '../../../../shared/errors.js';
import type { SegmentSettings } from '../../../../shared/settings/index.js';
import { existingRun } from '../../jobs/run/existing.js';
import { readSegmentRecord } from '../../jobs/run/segment-record.js';
import { segmenterOf } from '../../learn/segment/segmenter.js';
import type { JobPlan } from '../../project/job-store.js';
import type { Project } from '../../project/project.js';
import { learntMasks } from '../learnt-masks.js';
import { imagesOf, pictureBytes } from './images.js';
import { checkDisk, checkMemory, checkRuntime, checkWeights } from './machine.js';
import { checkMade, checkNeeded, isComing, problemOf } from './sets.js';

const FLOAT = 4;
/** Files of a training at once: the best weights, and twice (one being written) weights and momentum to go on from. */
const COPIES = 5;

/** The masks to learn from, as the training would choose them, and how many photos of the split go without. */
function checkMasks(project: Project, request: JobRequest<'segment-train'>, settings: SegmentSettings): JobCheck {
  const { masks: name, of: kind = 'masks', split = null } = request;
  const masks = name === undefined ? null : { kind, name };
  if (masks && isComing(project, masks)) return { name: kind, level: 'fine', queued: true };
  let learnt = 0;
  const problem = problemOf(kind, () => (learnt = learntMasks(project, { masks, split }, settings).length));
  if (problem) return problem;
  const total = project.store.countImages(imagesOf(request));
  return { name: kind, level: learnt < total ? 'warning' : 'fine', count: total - learnt, total };
}

/** The masks that the others are compared with: an image without one cannot be learnt from. */
async function checkAgreement(project: Project, request: JobRequest<'segment-train'>): Promise<JobCheck[]> {
  const { agreement: name } = request;
  if (name === undefined) return [];
  return [{ ...(await checkNeeded(project, { kind: 'masks', name }, imagesOf(request))), name: 'agreement' }];
}

/** Whether there is something to measure the weights on: without it the last are taken, good or not. */
function checkTruth({ store }: Project, { inputs }: JobPlan): JobCheck[] {
  const split = inputs.validate as string | null;
  if (split === null) return [];
  const total = store.countImages({ split });
  const count = store.countImages({ split, withTruth: true });
  return [{ name: 'truth', level: count === 0 ? 'warning' : 'fine', count, total }];
}

/** What the training of a segmenter would meet. */
export async function checkSegmentTraining(
  project: Project,
  request: JobRequest<'segment-train'>,
  plan: JobPlan,
): Promise<JobCheck[]> {
  const settings = plan.settings as unknown as SegmentSettings;
  const { backbone, specs } = segmenterOf(settings, project.config.classes.length);
  const weights = [...specs.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return [
    checkRuntime(request.device),
    ...(await checkWeights(plan.inputs.weights as string | null, settings.segmenter, backbone.fromNothing)),
    checkMasks(project, request, settings),
    ...(await checkAgreement(project, request)),
    ...checkTruth(project, plan),
    ...checkMemory(project, 'segment', plan.settings),
    ...(await checkDisk(project.root, FLOAT * COPIES * weights)),
  ];
}

/** Throws `settings-invalid` where label maps of that name come from elsewhere, or were begun with other settings. */
function refuseOthers(
  { store, paths }: Project,
  { run, as: kind, predictions: name }: JobRequest<'segment-predict'>,
  settings: JobPlan['settings'],
): void {
  const before = store.artifact(kind, name);
  if (!before) return;
  const other = Object.keys(settings).filter((key) => !isDeepStrictEqual(settings[key], before.settings[key]));
  const elsewhere = !before.parents.some((parent) => parent.kind === 'run' && parent.name === run);
  if (!elsewhere && other.length === 0) return;
  const how = elsewhere ? `were not made by the segmenter "${run}"` : `were begun with other values of: ${other.join(', ')}`; // prettier-ignore
  throw new StudioError({
    code: 'settings-invalid',
    message: `the ${kind} "${name}" ${how}`,
    file: paths[kind](name),
    remedy: 'Choose another name, or replace them.',
  });
}

/** What the label maps of a segmenter would meet. */
export async function checkPredictions(
  project: Project,
  request: JobRequest<'segment-predict'>,
  { settings }: JobPlan,
): Promise<JobCheck[]> {
  const { run, predictions: name, as: kind, overwrite, device } = request;
  const missing = problemOf('run', () => readSegmentRecord(existingRun(project.paths, run, 'Train it first, or choose another.'))); // prettier-ignore
  const coming = isComing(project, { kind: 'run', name: run });
  return [
    checkRuntime(device),
    coming ? { name: 'run', level: 'fine', queued: true } : (missing ?? { name: 'run', level: 'fine' }),
    ...(await checkMade(project, { kind, name }, imagesOf(request), {
      overwrite,
      refuse: () => refuseOthers(project, request, settings),
    })),
    ...(await checkDisk(project.root, await pictureBytes(project, request, false))),
  ];
}
