import { existsSync } from 'node:fs';
import { StudioError } from '../../../shared/errors.js';
import { vocPalette, type Palette } from '../../../shared/palette.js';
import type { ArtifactKind, ImageFilter } from '../../../shared/project.js';
import { CORRECTED } from '../project/layout.js';
import type { Project } from '../project/project.js';

/** Kinds of sets that have a file an image. */
export type SetKind = Exclude<ArtifactKind, 'run' | 'evaluation'>;

/** Folder of a set that is read: masks made by hand are a mask set here. */
export function setFolder({ paths }: Project, kind: SetKind, name: string): string {
  return kind === 'masks' && name === CORRECTED ? paths.corrected : paths[kind](name);
}

/** Kinds of sets whose files are label maps. */
export type LabelMapKind = Extract<SetKind, 'masks' | 'predictions'>;

/** Path of an image's mask in a set that is read; see setFolder. */
export function maskPath({ paths }: Project, name: string, id: string, kind: LabelMapKind = 'masks'): string {
  if (kind === 'predictions') return paths.prediction(name, id);
  return name === CORRECTED ? paths.correctedMask(id) : paths.mask(name, id);
}

/** Throws `set-missing` unless the project has a set of that name. */
export function requireSet(project: Project, kind: ArtifactKind, name: string): void {
  if (kind === 'run' || kind === 'evaluation') throw new TypeError(`a ${kind} is no set of images`);
  const folder = setFolder(project, kind, name);
  if (existsSync(folder)) return;
  const made = project.store.artifacts(kind).map((artifact) => artifact.name);
  throw new StudioError({
    code: 'set-missing',
    message: `the project has no ${kind} set called "${name}"`,
    file: folder,
    remedy: made.length > 0 ? `There is ${made.join(', ')}.` : `Make one first (comask ${makers[kind]} --help).`,
  });
}

const makers: Record<SetKind, string> = {
  maps: 'localize',
  saliency: 'saliency',
  masks: 'masks',
  predictions: 'segment predict',
};

/** How many images pass the filter; throws `dataset-empty` when none does, naming split, domain and the splits there are. */
export function requireImages({ store, root }: Project, filter: ImageFilter): number {
  const count = store.countImages(filter);
  if (count > 0) return count;
  const of = filter.domain === undefined ? '' : `, domain ${filter.domain},`;
  const splits = Object.keys(store.counts().bySplit).filter(Boolean);
  throw new StudioError({
    code: 'dataset-empty',
    message: `no image of ${filter.split === undefined ? 'the project' : `split "${filter.split}"`}${of} will do`,
    file: root,
    remedy: `Look at the images and their labels (comask info)${splits.length > 0 ? `; splits: ${splits.join(', ')}` : ''}.`,
  });
}

/** Colours of the project's label maps, one for each of 256 labels: its own where it names them, VOC's beyond. */
export function paletteOf({ config: { palette } }: Project): Palette {
  const voc = vocPalette();
  return palette === 'voc' ? voc : voc.map((colour, label) => palette[label] ?? colour);
}
