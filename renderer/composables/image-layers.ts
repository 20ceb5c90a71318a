import type { Image } from '../../shared/api/index.js';
import { fileUrl, truthUrl, type ImageFile } from '../api/pictures.js';
import type { LayerKind } from '../pictures/recolour.js';

/** Something that lies over a photo. */
export interface Layer {
  /** The same from image to image. */
  key: string;
  kind: LayerKind;
  /** What it is: a text of locales/, and the name of its set. */
  text: 'truth' | 'predictions' | 'masks' | 'maps' | 'saliency';
  set: string | null;
  url: string;
}

/**
 * The layers that there are over an image, from the lowest: heat, then masks, predictions, the truth on top. A set of maps has one for
 * each class; `classIndex` says which is shown.
 */
export function layersOf(
  project: string,
  image: Pick<Image, 'id' | 'hasTruth'>,
  files: readonly ImageFile[],
  classIndex: number | undefined,
): Layer[] {
  const layers = (['saliency', 'maps', 'masks', 'predictions'] as const).flatMap((text) =>
    files
      .filter((file) => file.kind === text && (text !== 'maps' || file.classIndex === classIndex))
      .map((file): Layer => ({
        key: `${text} ${file.name}`,
        kind: text === 'masks' || text === 'predictions' ? 'labels' : 'heat',
        text,
        set: file.name,
        url: fileUrl(project, image.id, file)!,
      })),
  );
  if (!image.hasTruth) return layers;
  return [...layers, { key: 'truth', kind: 'labels', text: 'truth', set: null, url: truthUrl(project, image.id) }];
}

/** Classes that an image has maps of, ascending. */
export const mappedClasses = (files: readonly ImageFile[]): number[] =>
  [...new Set(files.flatMap(({ kind, classIndex }) => (kind === 'maps' && classIndex !== undefined ? [classIndex] : [])))].sort((a, b) => a - b); // prettier-ignore
