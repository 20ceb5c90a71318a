import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { errorDetails, StudioError } from '../../../shared/errors.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ImageFilter, ImageRecord } from '../../../shared/project.js';
import type { SegmentSettings } from '../../../shared/settings/index.js';
import type { Failure } from '../../../shared/types.js';
import type { SegmentRecord } from '../jobs/run/segment-record.js';
import type { Project } from '../project/project.js';
import { maskPath, requireSet } from './sets.js';

/** An image to learn from. */
export interface LearntMask {
  id: string;
  /** File of its label map. */
  path: string;
  /** Whether it was made by hand. */
  corrected: boolean;
}

/** Which masks a segmenter learns from. */
export interface LearntMasksRequest {
  masks: SegmentRecord['masks'];
  split: string | null;
  /** Only images that this takes; left out: all. */
  accepts?: (image: ImageRecord) => boolean;
}

type Settings = Pick<SegmentSettings, 'masks.corrected' | 'masks.only'>;

/** The label map to learn of an image: the one made by hand, else that of the set; or null. */
function maskOf(project: Project, { masks }: LearntMasksRequest, settings: Settings, id: string): LearntMask | null {
  const only = settings['masks.only'] === 'corrected';
  const byHand = project.paths.correctedMask(id);
  if ((only || settings['masks.corrected']) && existsSync(byHand)) return { id, path: byHand, corrected: true };
  if (only || !masks) return null;
  const path = maskPath(project, masks.name, id, masks.kind);
  return existsSync(path) ? { id, path, corrected: false } : null;
}

/**
 * The images of a split that have a mask, ordered by id, and those of other domains that belong to no split; an image
 * without a mask is left out. Throws `set-missing`, and `dataset-empty` where no image has one.
 */
export function learntMasks(project: Project, request: LearntMasksRequest, settings: Settings): LearntMask[] {
  const { masks, split, accepts = () => true } = request;
  if (masks) requireSet(project, masks.kind, masks.name);
  const review = settings['masks.only'] === 'reviewed' ? 'reviewed' : undefined;
  const filter: ImageFilter = { split: split ?? undefined, learnt: true, review };
  const learnt: LearntMask[] = [];
  for (const image of project.store.iterateImages(filter)) {
    const mask = accepts(image) ? maskOf(project, request, settings, image.id) : null;
    if (mask) learnt.push(mask);
  }
  if (learnt.length > 0) return learnt;
  throw new StudioError({
    code: 'dataset-empty',
    message: `no image${split === null ? '' : ` of split "${split}"`} has a mask to learn from`,
    file: project.root,
    remedy: masks
      ? 'Make masks of that split, or choose another (--split).'
      : 'Correct masks first, or name a set (--masks).',
  });
}

/**
 * What a segmenter has learnt of one image, as the files are now: null where it did not learn from the image.
 * `masks.only` reviewed goes by what is reviewed today.
 */
export function learntMaskOf(project: Project, { masks, split, settings }: Pick<SegmentRecord, 'masks' | 'split' | 'settings'>, id: string): LearntMask | null {
  const review = settings['masks.only'] === 'reviewed' ? 'reviewed' : undefined;
  const filter: ImageFilter = { split: split ?? undefined, learnt: true, review, ids: [id] };
  return project.store.countImages(filter) > 0 ? maskOf(project, { masks, split }, settings, id) : null;
} // prettier-ignore

/** Files read at a time. */
const IN_FLIGHT = 8;

/**
 * A digest of what is learnt: ids, and the bytes of their masks, for a mask that is corrected while a training is stopped
 * makes another training of it. What cannot be read is part of it by name; the training meets the same error and lists it.
 */
export async function masksDigest(masks: readonly LearntMask[], signal: AbortSignal): Promise<string> {
  const digests: string[] = new Array(masks.length);
  await forEachInFlight(
    masks.entries(),
    IN_FLIGHT,
    async ([place, { path }]) => {
      const bytes = await readFile(path).catch(() => 'unreadable');
      digests[place] = createHash('sha256').update(bytes).digest('base64');
    },
    signal,
  );
  if (signal.aborted) throw new StudioError({ code: 'interrupted', message: 'stopped before the training began' });
  const hash = createHash('sha256');
  masks.forEach(({ id, corrected }, place) => hash.update(`${JSON.stringify([id, corrected, digests[place]])}\n`));
  return hash.digest('hex');
}

/** An error about one image as what a batch lists of it. */
export function failureOf(id: string, error: unknown, action: string): Failure {
  const { code, message, file } = errorDetails(error);
  return { id, file: file ?? id, code, reason: message, action };
}
