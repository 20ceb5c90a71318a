import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { StudioError } from '../../../shared/errors.js';
import { againstSet, type EvaluationKind } from '../../../shared/evaluation.js';
import type { ImageRecord, TruthConventionName } from '../../../shared/project.js';
import { IGNORE, type Domain, type LabelMap } from '../../../shared/types.js';
import { maskAtLevel, type LabelScores } from '../evaluate/thresholds.js';
import { readGrey, readLabelMap, uprightMask } from '../images/index.js';
import { readTruthMap } from '../images/truth/index.js';
import { CORRECTED } from '../project/layout.js';
import { resolveInside } from '../project/paths.js';
import type { Project } from '../project/project.js';
import { maskPath, paletteOf } from './sets.js';

/** Which set is measured, and against what. */
export interface EvaluationRequest {
  kind: EvaluationKind;
  /** Name of the set. */
  set: string;
  /** Of masks: those made by hand in the place of the set's where there are some. */
  corrected?: boolean;
  /** Folder of label maps {id}.png, in the place of the dataset's own ground truth. */
  groundTruth?: string;
  /** What the pixel values of that folder mean; VOC's way unless given. */
  convention?: TruthConventionName;
  /** A set in the place of ground truth (see againstText): the figures are agreement. */
  against?: string;
  split?: string;
  /** Only images of this domain; null or left out: of all. */
  domain?: Domain | null;
  /** Name of the evaluation; without it, made from kind, set, split and any domain but the target. */
  name?: string;
}

/** Path of an image's ground truth, or null where it has none. A folder may hold `{id}.png` or the last part of the id. */
export function truthPathOf(project: Project, image: ImageRecord, folder?: string): string | null {
  if (folder === undefined) return project.truthPath(image);
  const candidates = [image.id, basename(image.id)].map((id) => resolveInside(folder, `${id}.png`));
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Ground truth, or the label map of the set in its place, lying on the image as it is shown; null where there is none. */
async function readReference(
  project: Project,
  { groundTruth, convention = 'voc', against }: EvaluationRequest,
  image: ImageRecord,
): Promise<LabelMap | null> {
  if (against !== undefined) {
    const { kind, name } = againstSet(against);
    const path = maskPath(project, name, image.id, kind);
    return existsSync(path) ? readLabelMap(path) : null;
  }
  const path = truthPathOf(project, image, groundTruth);
  if (path === null) return null;
  const stored = await readTruthMap(path, {
    ...(groundTruth === undefined ? { convention: project.truthConvention(image), labels: project.truthLabels(image) } : { convention }), // prettier-ignore
    classes: project.config.classes.length,
    palette: paletteOf(project),
  });
  return uprightMask(stored, image, project.photoPath(image));
}

/** What an image is measured against (see readReference). For saliency every class is the one label "object". */
export async function readTruth(
  project: Project,
  request: EvaluationRequest,
  image: ImageRecord,
): Promise<LabelMap | null> {
  const truth = await readReference(project, request, image);
  if (truth === null || request.kind !== 'saliency') return truth;
  return { ...truth, data: truth.data.map((label) => (label === IGNORE ? IGNORE : Math.min(1, label))) };
}

/** Scores of an image: its labels' maps that exist, or its saliency as the one label "object". */
export async function readScores(
  project: Project,
  { kind, set }: EvaluationRequest,
  image: ImageRecord,
): Promise<{ scores: LabelScores[]; missing: number }> {
  const { paths } = project;
  if (kind === 'saliency') {
    return { scores: [{ label: 1, map: await readGrey(paths.saliencyMap(set, image.id)) }], missing: 0 };
  }
  const scores: LabelScores[] = [];
  for (const classIndex of image.classes) {
    try {
      scores.push({ label: classIndex + 1, map: await readGrey(paths.map(set, image.id, classIndex)) });
    } catch (error) {
      if (!(error instanceof StudioError && error.code === 'file-missing')) throw error;
    }
  }
  return { scores, missing: image.classes.length - scores.length };
}

/** Whether the mask of an image that is measured was made by hand. */
export const isByHand = (project: Project, { kind, set, corrected }: EvaluationRequest, id: string): boolean =>
  kind === 'masks' && (set === CORRECTED || corrected === true) && existsSync(project.paths.correctedMask(id));

/** The mask that is measured: a file, or for scores the mask at a background level. */
export async function readMask(
  project: Project,
  request: EvaluationRequest,
  image: ImageRecord,
  level: number,
): Promise<LabelMap> {
  const { kind, set } = request;
  if (isByHand(project, request, image.id)) return readLabelMap(project.paths.correctedMask(image.id));
  if (kind === 'masks' || kind === 'predictions') return readLabelMap(maskPath(project, set, image.id, kind));
  const { scores } = await readScores(project, request, image);
  return maskAtLevel(scores, level, scores[0]?.map ?? image);
}
