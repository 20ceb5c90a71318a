import type { JobCheck } from '../../../../shared/api/job-checks.js';
import type { JobRequest } from '../../../../shared/api/job-requests.js';
import type { ArtifactRef } from '../../../../shared/project.js';
import type { MaskSettings, SaliencySettings, TrainSettings } from '../../../../shared/settings/index.js'; // prettier-ignore
import { backbones } from '../../learn/nets/backbones/index.js';
import { kindOf } from '../../jobs/queue/kinds/index.js';
import type { JobPlan } from '../../project/job-store.js';
import type { Project } from '../../project/project.js';
import { truthPathOf } from '../evaluation-files.js';
import { checkLineage } from '../mask-set.js';
import { refuseMixture } from '../saliency.js';
import { checkClash } from './clash.js';
import {
  checkClasses,
  checkImages,
  countLacking,
  pictureBytes,
  imagesOf,
  isChecked,
  type ImageRequest,
} from './images.js';
import { bytesOfTraining, checkDisk, checkMemory, checkRuntime, checkWeights } from './machine.js';
import { checkMaps } from './maps.js';
import { checkPredictions, checkSegmentTraining } from './segment.js';
import { checkMade, checkNeeded, problemOf } from './sets.js';

async function checkTraining(
  project: Project,
  request: JobRequest<'train'>,
  { inputs, settings }: JobPlan,
): Promise<JobCheck[]> {
  // prettier-ignore
  const resolved = settings as unknown as TrainSettings;
  return [
    checkRuntime(request.device),
    ...(await checkWeights(
      inputs.weights as string | null,
      resolved.backbone,
      backbones[resolved.backbone].fromNothing,
    )),
    ...(await checkClasses(project, request)),
    ...checkMemory(project, 'classify', settings),
    ...(await checkDisk(project.root, bytesOfTraining(resolved, project.config.classes.length))),
  ];
}

async function checkSaliency(
  project: Project,
  request: JobRequest<'saliency'>,
  { settings }: JobPlan,
): Promise<JobCheck[]> {
  // prettier-ignore
  const refuse = (): void => refuseMixture(project, request.saliency, settings as unknown as SaliencySettings);
  const set = { kind: 'saliency', name: request.saliency } as const;
  return [
    ...(await checkMade(project, set, imagesOf(request), { overwrite: request.overwrite, refuse })),
    ...(await checkDisk(project.root, await pictureBytes(project, request, false))),
  ];
}

async function checkMasks(project: Project, request: JobRequest<'masks'>, { settings }: JobPlan): Promise<JobCheck[]> {
  const parents = kindOf('masks').needs!(request) as (ArtifactRef & { kind: 'maps' | 'saliency' })[];
  const refuse = (): void => checkLineage(project, request.masks, parents, settings as unknown as MaskSettings);
  const set = { kind: 'masks', name: request.masks } as const;
  return [
    ...(await Promise.all(parents.map((parent) => checkNeeded(project, parent, imagesOf(request))))),
    ...(await checkMade(project, set, imagesOf(request), { overwrite: request.overwrite, refuse })),
    ...(await checkDisk(project.root, await pictureBytes(project, request, false))),
  ];
}

async function checkEvaluation(project: Project, request: JobRequest<'evaluate'>): Promise<JobCheck[]> {
  const has = (image: Parameters<typeof truthPathOf>[1]): boolean => truthPathOf(project, image, request.groundTruth) !== null; // prettier-ignore
  const { count, total } = await countLacking(project, imagesOf(request), has);
  const truth: JobCheck = { name: 'truth', level: count === total ? 'problem' : 'fine', count: total - count, total };
  const withTruth = { ...imagesOf(request), ...(request.groundTruth === undefined ? { withTruth: true } : {}) };
  return [truth, await checkNeeded(project, { kind: request.of, name: request.set }, withTruth)];
}

const checkExport = async (project: Project, request: JobRequest<'export'>): Promise<JobCheck[]> => [
  await checkNeeded(project, { kind: request.of ?? 'masks', name: request.masks }, imagesOf(request)),
];

function checksOf(project: Project, request: ImageRequest, plan: JobPlan): Promise<JobCheck[]> {
  switch (request.kind) {
    case 'train':
      return checkTraining(project, request, plan);
    case 'localize':
      return checkMaps(project, request, plan);
    case 'saliency':
      return checkSaliency(project, request, plan);
    case 'masks':
      return checkMasks(project, request, plan);
    case 'segment-train':
      return checkSegmentTraining(project, request, plan);
    case 'segment-predict':
      return checkPredictions(project, request, plan);
    case 'evaluate':
      return checkEvaluation(project, request);
    case 'export':
      return checkExport(project, request);
  }
}

/**
 * What a job would meet if it started now; nothing is started or written. A request that its kind refuses has that as its
 * one problem.
 */
export async function checkJob(project: Project, request: JobRequest): Promise<JobCheck[]> {
  let plan: JobPlan | undefined;
  const refused = problemOf('request', () => (plan = kindOf(request.kind).plan(project, request)));
  if (refused || !plan || !isChecked(request)) return refused ? [refused] : [];
  return [
    ...checkImages(project, request),
    ...checkClash(project, request),
    ...(await checksOf(project, request, plan)),
  ];
}
