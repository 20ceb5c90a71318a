import type { Image } from '../../shared/api/index.js';
import type { ArtifactRef } from '../../shared/project.js';
import { maskUrl, predictionUrl, truthUrl } from '../api/pictures.js';
import type { ImageFilter } from './image-filter.js';

/** What a tile shows under the pointer: the masks that the grid is narrowed to, else the truth; or one thing always. */
export type TileOverlay = 'automatic' | 'nothing' | 'truth' | `masks/${string}` | `predictions/${string}`;

/** What can be chosen where a project has these sets. */
export const tileOverlays = (sets: readonly ArtifactRef[]): TileOverlay[] => [
  'automatic',
  'truth',
  ...new Set(sets.flatMap(({ kind, name }): TileOverlay[] => kind === 'masks' || kind === 'predictions' ? [`${kind}/${name}`] : [])), // prettier-ignore
  'nothing',
];

/** The picture over a tile's photo; null for none. */
export function overlayUrl(
  project: string,
  { id, hasTruth }: Pick<Image, 'id' | 'hasTruth'>,
  { masks, masked }: Pick<ImageFilter, 'masks' | 'masked'>,
  wanted: TileOverlay,
): string | null {
  const [kind, name] = wanted.split('/', 2);
  if (kind === 'masks') return maskUrl(project, id, name);
  if (kind === 'predictions') return predictionUrl(project, id, name);
  if (kind === 'nothing') return null;
  if (kind === 'automatic' && masks !== undefined && masked) return maskUrl(project, id, masks);
  return hasTruth ? truthUrl(project, id) : null;
}
