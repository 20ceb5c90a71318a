import { existsSync } from 'node:fs';
import { StudioError } from '../../../shared/errors.js';
import type { ArtifactKind, ArtifactRef, ImageFilter } from '../../../shared/project.js';
import type { MaskSettings } from '../../../shared/settings/index.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { Domain } from '../../../shared/types.js';
import { encodeLabelMap, readGrey } from '../images/index.js';
import { photoReader } from '../jobs/tasks/photos.js';
import { checkNeeds, makeMasks, type MakeMasksResult, type MaskFiles } from '../masks/make.js';
import { fusionRule } from '../../../shared/fusion/registry.js';
import { writeFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';
import { paced } from './paced.js';
import { refinePool } from './refine-pool.js';
import { paletteOf, requireImages, requireSet } from './sets.js';

/** What to make masks of and what to call them. */
export interface MaskSetRequest {
  /** Name of the mask set; `corrected` is refused. */
  masks: string;
  maps?: string;
  saliency?: string;
  split?: string;
  /** Only images of this domain; null or left out: of all. */
  domain?: Domain | null;
  /** Replace masks that are there. */
  overwrite?: boolean;
}

/** Two records of settings say the same, whatever the order of their keys. */
function sameSettings(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const sorted = (record: Record<string, unknown>): string =>
    JSON.stringify(Object.entries(record).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** Throws `usage` when masks of that name were made otherwise: a set is made one way, or nobody knows what it shows. */
export function checkLineage(project: Project, name: string, parents: ArtifactRef[], settings: MaskSettings): void {
  const known = project.store.artifact('masks', name);
  if (!known) return;
  const same = JSON.stringify(known.parents) === JSON.stringify(parents) && sameSettings(known.settings, settings);
  if (same) return;
  throw new StudioError({
    code: 'usage',
    message: `the mask set "${name}" was made from other maps or with other settings`,
    file: project.paths.masks(name),
    remedy: 'Choose another name (--masks), or replace the masks (--overwrite).',
  });
}

/** Where the masks of a set come from and go to. */
export function maskFiles(
  project: Project,
  { masks, maps, saliency }: Pick<MaskSetRequest, 'masks' | 'maps' | 'saliency'>,
): Omit<MaskFiles, 'keeps'> {
  const { paths } = project;
  return {
    readMap: maps === undefined ? null : (id, classIndex) => readGrey(paths.map(maps, id, classIndex)),
    readSaliency: saliency === undefined ? null : (id) => readGrey(paths.saliencyMap(saliency, id)),
    readPhoto: photoReader(project),
    write: (id, mask) => writeFileAtomic(paths.mask(masks, id), encodeLabelMap(mask, paletteOf(project))),
  };
}

/**
 * Makes a set of pseudo-masks, masks/<name>/{id}.png, from the maps and saliency maps of the project. Only labelled
 * images get one. Masks that are there are kept, so a stopped run goes on where it was. What the set was made from is
 * recorded before the first mask. Throws `usage`, `set-missing`, `dataset-empty` and what makeMasks throws.
 */
export async function makeMaskSet(
  project: Project,
  { masks, maps, saliency, split, domain, overwrite = false }: MaskSetRequest,
  settings: MaskSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<MakeMasksResult> {
  const { paths, store } = project;
  const folder = paths.masks(masks);
  const files: MaskFiles = {
    ...maskFiles(project, { masks, maps, saliency }),
    keeps: (id) => !overwrite && existsSync(paths.mask(masks, id)),
  };
  checkNeeds(fusionRule(settings.rule), files);
  const given: [ArtifactKind, string | undefined][] = [
    ['maps', maps],
    ['saliency', saliency],
  ];
  const parents = given.flatMap(([kind, name]) => (name === undefined ? [] : [{ kind, name }]));
  for (const { kind, name } of parents) requireSet(project, kind, name);
  const filter: ImageFilter = { split, domain: domain ?? undefined, labelled: true, kept: true };
  const count = requireImages(project, filter);
  if (!overwrite && existsSync(folder)) checkLineage(project, masks, parents, settings);
  store.recordArtifact({ kind: 'masks', name: masks, parents, settings });
  const refining = refinePool(settings);
  try {
    const batch = { images: store.iterateImages(filter), count, files, refining };
    return await makeMasks(batch, settings, paced(onProgress), signal);
  } finally {
    await refining?.close();
  }
}
