import { StudioError } from '../../../shared/errors.js';
import type { Cause } from '../../../shared/failure-causes.js';
import { fusionRule } from '../../../shared/fusion/registry.js';
import type { Artifact, ImageRecord } from '../../../shared/project.js';
import { localizeSettings, maskSettings, type MaskSettings } from '../../../shared/settings/index.js';
import { IGNORE, type ByteImage, type LabelMap } from '../../../shared/types.js';
import { SALIENT, causesOf, hotShare, shareOf, type ClassFacts } from '../evaluate/causes.js';
import { readGrey } from '../images/index.js';
import type { Project } from '../project/project.js';
import { readScores, type EvaluationRequest } from './evaluation-files.js';

/** What a measured set was made from, as far as the project knows. */
interface Lineage {
  maps: string | null;
  saliency: string | null;
  /** Null where the masks were not fused here. */
  fusion: MaskSettings | null;
}

/** Settings that a set was made with; null for one whose settings this version does not know. */
function settingsOf<Values>(group: { resolve(values: Record<string, unknown>): Values }, artifact: Artifact | null): Values | null {
  try {
    return artifact && group.resolve(artifact.settings);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'settings-invalid') return null;
    throw error;
  }
} // prettier-ignore

function lineageOf({ store }: Project, { kind, set }: EvaluationRequest): Lineage {
  if (kind !== 'masks') return { maps: kind === 'maps' ? set : null, saliency: null, fusion: null };
  const artifact = store.artifact('masks', set);
  const parent = (wanted: string): string | null =>
    artifact?.parents.find((one) => one.kind === wanted)?.name ?? null;
  return { maps: parent('maps'), saliency: parent('saliency'), fusion: settingsOf(maskSettings, artifact) };
} // prettier-ignore

/** How many other images could be references of a class, and how many its maps were to be made with. */
function referencesOf(project: Project, maps: string | null, image: ImageRecord, classIndex: number): ClassFacts['references'] {
  const settings = maps === null ? null : settingsOf(localizeSettings, project.store.artifact('maps', maps));
  if (!settings || settings.mode !== 'multi') return null;
  const wanted = settings['references.count'];
  if (settings['references.strategy'] !== 'fixed') {
    const labelled = project.store.countImages({ classIndex, kept: true });
    return { available: labelled - (image.classes.includes(classIndex) ? 1 : 0), wanted };
  }
  const own = project.store.references({ classIndex, imageId: image.id });
  return { available: (own.length > 0 ? own : project.store.references({ classIndex })).length, wanted };
} // prettier-ignore

/** A file that may be missing, or of another size than the truth. */
async function readFitting(truth: LabelMap, path: string): Promise<ByteImage | null> {
  const map = await readGrey(path).catch(() => null);
  return map?.width === truth.width && map.height === truth.height ? map : null;
}

/**
 * Why a mask may have failed, from what it was made of: see causesOf. Empty for saliency maps, which know no classes, and
 * for agreement, where nobody knows which side is wrong.
 */
export async function imageCauses(
  project: Project,
  request: EvaluationRequest,
  image: ImageRecord,
  truth: LabelMap,
  mask: LabelMap,
): Promise<Cause[]> {
  if (request.kind === 'saliency' || request.against !== undefined) return [];
  const { maps, saliency, fusion } = lineageOf(project, request);
  const { scores } = maps === null ? { scores: [] } : await readScores(project, { kind: 'maps', set: maps }, image);
  const fitting = scores.filter(({ map }) => map.width === truth.width && map.height === truth.height);
  const salient = saliency === null ? null : await readFitting(truth, project.paths.saliencyMap(saliency, image.id));
  const fused = fusion && fusion.refine !== 'none' ? fuse(fusion, image, fitting, salient, truth) : null;

  const pixels = (map: LabelMap, label: number): number => map.data.reduce((n, one) => n + (one === label ? 1 : 0), 0);
  const labels = new Set([...truth.data, ...mask.data]);
  return [...labels].filter((label) => label !== 0 && label !== IGNORE).sort((a, b) => a - b).flatMap((label) => {
    const own = fitting.find((score) => score.label === label);
    return causesOf({
      label,
      labelled: image.classes.includes(label - 1),
      truthPixels: pixels(truth, label),
      maskPixels: pixels(mask, label),
      found: shareOf(truth, label, (i) => mask.data[i] === label),
      map: maps === null ? null : own ? hotShare(truth, label, own.map) : 'missing',
      saliency: salient && shareOf(truth, label, (i) => salient.data[i] >= SALIENT),
      references: referencesOf(project, maps, image, label - 1),
      beforeRefinement: fused && shareOf(truth, label, (i) => fused.data[i] === label),
    });
  });
} // prettier-ignore

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
