import { StudioError } from '../../../shared/errors.js';
import type { MaskSettings } from '../../../shared/settings/index.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { LabelMap } from '../../../shared/types.js';
import { readLabelMap } from '../images/index.js';
import { makeMasks, type MakeMasksResult } from '../masks/make.js';
import type { Project } from '../project/project.js';
import { chosenImages, type ChosenImages } from './chosen-images.js';
import { indexMasks } from './mask-index.js';
import { maskFiles } from './mask-set.js';
import { paced } from './paced.js';
import { refinePool } from './refine-pool.js';

/** Which masks of a set to derive anew. */
export interface RemaskRequest {
  masks: string;
  /** Of them, the labelled ones, without dropped labels. */
  images: ChosenImages;
  /** Only count what would change: nothing is written. */
  count: boolean;
}

export interface RemaskResult extends MakeMasksResult {
  /** Images of which at least one pixel changes, and how many pixels change in all. */
  changedImages: number;
  changedPixels: number;
}

/** Pixels that differ; all of them where there was no mask of that size. */
function differing(before: LabelMap | null, now: LabelMap): number {
  if (!before || before.data.length !== now.data.length) return now.data.length;
  let count = 0;
  for (let i = 0; i < now.data.length; i++) if (before.data[i] !== now.data[i]) count++;
  return count;
}

async function maskThere(project: Project, masks: string, id: string): Promise<LabelMap | null> {
  try {
    return await readLabelMap(project.paths.mask(masks, id));
  } catch (error) {
    // One that is missing or damaged is replaced whole.
    if (error instanceof StudioError && error.code.startsWith('file-')) return null;
    throw error;
  }
}

/**
 * Derives masks of a set anew with other settings, for one image, some, or those of a filter, from the maps and saliency
 * that the set was made from. Masks made by hand lie elsewhere and are not touched. The set's lineage tells of its parts.
 *
 * @throws StudioError `set-missing` where it is not known what the set was made from, and what makeMasks throws
 */
export async function remask(
  project: Project,
  request: RemaskRequest,
  settings: MaskSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<RemaskResult> {
  const { masks, count } = request;
  const known = project.store.artifact('masks', masks);
  if (!known) {
    throw new StudioError({
      code: 'set-missing',
      message: `it is not known what the masks "${masks}" were made from`,
      file: project.paths.masks(masks),
      remedy: 'Make a set of masks from maps here, and change that one.',
    });
  }
  if (!('ids' in request.images) && request.images.query.masks !== undefined) {
    await indexMasks(project, request.images.query.masks);
  }
  const parent = (kind: string): string | undefined => known.parents.find((one) => one.kind === kind)?.name;
  const files = maskFiles(project, { masks, maps: parent('maps'), saliency: parent('saliency') });
  const imagesOf = () => chosenImages(project, request.images, { labelled: true, kept: true });
  const changed = { changedImages: 0, changedPixels: 0 };
  const batch = {
    images: imagesOf(),
    count: [...imagesOf()].length,
    refining: refinePool(settings),
    files: {
      ...files,
      keeps: () => false,
      async write(id: string, mask: LabelMap): Promise<void> {
        const pixels = differing(await maskThere(project, masks, id), mask);
        if (pixels === 0) return;
        changed.changedImages++;
        changed.changedPixels += pixels;
        if (!count) await files.write(id, mask);
      },
    },
  };
  if (!count) {
    const parts = Array.isArray(known.settings.parts) ? (known.settings.parts as unknown[]) : [];
    const part = { settings, images: request.images };
    project.store.recordArtifact({ ...known, settings: { ...known.settings, parts: [...parts, part] } });
  }
  try {
    const made = await makeMasks(batch, settings, paced(onProgress), signal);
    return { ...made, written: count ? 0 : changed.changedImages, ...changed };
  } finally {
    await batch.refining?.close();
  }
}
