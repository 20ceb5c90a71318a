import type { Cause } from '../../../shared/failure-causes.js';
import { fusionRule } from '../../../shared/fusion/registry.js';
import type { ImageRecord } from '../../../shared/project.js';
import { maskSettings, type MaskSettings } from '../../../shared/settings/index.js';
import { IGNORE, type ByteImage, type LabelMap } from '../../../shared/types.js';
import { COVERED } from '../evaluate/error-kinds.js';
import { SALIENT, causesOf, hotShare, predictionCausesOf, shareOf, type ClassFacts, type PredictedFacts } from '../evaluate/causes.js'; // prettier-ignore
import { lowerMedian } from '../evaluate/median.js';
import { readGrey, readLabelMap } from '../images/index.js';
import type { SegmentRecord } from '../jobs/run/segment-record.js';
import type { Project } from '../project/project.js';
import { isByHand, readScores, type EvaluationRequest } from './evaluation-files.js';
import { referenceFacts } from './evaluation-references.js';
import { learntMaskOf } from './learnt-masks.js';
import { settingsOf } from './made-with.js';
import { segmenterBehind } from './origins.js';

/** What a mask was made from, as far as the project knows. */
interface Sources {
  maps: string | null;
  saliency: string | null;
  /** Null where the masks were not fused here. */
  fusion: MaskSettings | null;
}

/** Of a mask that was made by hand, or elsewhere. */
const unknown: Sources = { maps: null, saliency: null, fusion: null };

function sourcesOf({ store }: Project, masks: string): Sources {
  const artifact = store.artifact('masks', masks);
  if (!artifact) return unknown;
  const parent = (wanted: string): string | null => artifact.parents.find((one) => one.kind === wanted)?.name ?? null;
  return { maps: parent('maps'), saliency: parent('saliency'), fusion: settingsOf(maskSettings, artifact) };
}

/** Labels of classes that lie in one of two label maps, ascending. */
function labelsIn(...maps: readonly LabelMap[]): number[] {
  const labels = new Set(maps.flatMap(({ data }) => [...new Set(data)]));
  return [...labels].filter((label) => label !== 0 && label !== IGNORE).sort((a, b) => a - b);
}

const pixelsOf = ({ data }: LabelMap, label: number): number =>
  data.reduce((count, one) => count + (one === label ? 1 : 0), 0);
const found = (truth: LabelMap, mask: LabelMap, label: number): number =>
  shareOf(truth, label, (i) => mask.data[i] === label);
const fits = (truth: LabelMap, { width, height }: ByteImage): boolean =>
  width === truth.width && height === truth.height;

/** What is known of each class of a mask, by label. */
async function maskFacts(
  project: Project,
  { maps, saliency, fusion }: Sources,
  image: ImageRecord,
  truth: LabelMap,
  mask: LabelMap,
): Promise<(label: number) => ClassFacts> {
  const { scores } = maps === null ? { scores: [] } : await readScores(project, { kind: 'maps', set: maps }, image);
  const fitting = scores.filter(({ map }) => fits(truth, map));
  const salient = saliency === null ? null : await readFitting(truth, project.paths.saliencyMap(saliency, image.id));
  const fused = fusion && fusion.refine !== 'none' ? fuse(fusion, image, fitting, salient, truth) : null;
  const mapSet = maps === null ? null : project.store.artifact('maps', maps);
  return (label) => {
    const own = fitting.find((score) => score.label === label);
    const share = found(truth, mask, label);
    return {
      label,
      labelled: image.classes.includes(label - 1),
      truthPixels: pixelsOf(truth, label),
      maskPixels: pixelsOf(mask, label),
      found: share,
      map: maps === null ? null : own ? hotShare(truth, label, own.map) : 'missing',
      saliency: salient && shareOf(truth, label, (i) => salient.data[i] >= SALIENT),
      // They are looked for in the whole project: only where there is something to explain.
      references: share < COVERED ? referenceFacts(project, mapSet, image, label - 1) : null,
      beforeRefinement: fused && found(truth, fused, label),
    };
  };
}

/** A file that may be missing, damaged, or of another size than the truth. */
async function readFitting(truth: LabelMap, path: string, read: (path: string) => Promise<ByteImage> = readGrey): Promise<ByteImage | null> {
  const map = await read(path).catch(() => null);
  return map && fits(truth, map) ? map : null;
} // prettier-ignore

/** How many images with a class there were to learn from, beside how many the middle one of those that are there has. */
function learntImagesOf({ store, config }: Project, { split }: SegmentRecord): (label: number) => PredictedFacts['images'] {
  let counts: number[] | undefined;
  const count = (classIndex: number): number =>
    store.countImages({ classIndex, split: split ?? undefined, learnt: true });
  return (label) => {
    counts ??= config.classes.map((_, classIndex) => count(classIndex));
    const usual = lowerMedian(counts.filter((images) => images > 0));
    return usual === undefined ? null : { count: counts[label - 1] ?? 0, usual };
  };
} // prettier-ignore

async function predictionCauses(
  project: Project,
  record: SegmentRecord,
  image: ImageRecord,
  truth: LabelMap,
  prediction: LabelMap,
): Promise<Cause[]> {
  const learnt = learntMaskOf(project, record, image.id);
  const mask = learnt && (await readFitting(truth, learnt.path, async (path) => readLabelMap(path)));
  const fused = learnt && !learnt.corrected && record.masks?.kind === 'masks' ? record.masks.name : null;
  const sources = fused === null ? unknown : sourcesOf(project, fused);
  const factsOf = mask && (await maskFacts(project, sources, image, truth, mask));
  const imagesOf = learntImagesOf(project, record);
  return labelsIn(truth, ...(mask ? [mask] : [])).flatMap((label) => {
    const share = found(truth, prediction, label);
    return predictionCausesOf({
      label,
      truthPixels: pixelsOf(truth, label),
      found: share,
      learnt: factsOf && factsOf(label),
      images: share < COVERED ? imagesOf(label) : null,
    });
  });
}

/**
 * Why a mask or a prediction may have failed, from what it was made of: see causesOf and predictionCausesOf. Empty for
 * saliency maps, which know no classes, and for agreement, where nobody knows which side is wrong.
 */
export async function imageCauses(
  project: Project,
  request: EvaluationRequest,
  image: ImageRecord,
  truth: LabelMap,
  mask: LabelMap,
): Promise<Cause[]> {
  const { kind, set, against } = request;
  if (kind === 'saliency' || against !== undefined) return [];
  if (kind === 'predictions') {
    const made = segmenterBehind(project, { kind, name: set });
    return made ? predictionCauses(project, made.record, image, truth, mask) : [];
  }
  const fused = kind === 'masks' && !isByHand(project, request, image.id) ? sourcesOf(project, set) : unknown;
  const sources = kind === 'maps' ? { ...unknown, maps: set } : fused;
  const factsOf = await maskFacts(project, sources, image, truth, mask);
  return labelsIn(truth, mask).flatMap((label) => causesOf(factsOf(label)));
}

/** The mask before its refinement; null where it cannot be had any more. */
function fuse(
  settings: MaskSettings,
  image: ImageRecord,
  scores: readonly { label: number; map: ByteImage }[],
  saliency: ByteImage | null,
  { width, height }: LabelMap,
): LabelMap | null {
  const rule = fusionRule(settings.rule);
  if (rule.needs.saliency === 'required' && !saliency) return null;
  if (rule.needs.maps === 'required' && scores.length === 0) return null;
  const maps = rule.needs.maps === 'unused' ? [] : scores.map(({ label, map }) => ({ classIndex: label - 1, map }));
  const used = rule.needs.saliency === 'unused' ? null : saliency;
  return rule.fuse({ width, height, classes: image.classes, maps, saliency: used }, settings);
}
