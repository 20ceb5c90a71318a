import type { LabelMap } from '../../shared/types.js';
import { fileUrl, truthUrl, type ImageFile } from '../api/pictures.js';
import type { LayerKind } from '../pictures/recolour.js';

/** Kinds of sets whose files are pictures of an image, in the order in which they are offered. */
const fileKinds = ['maps', 'saliency', 'masks', 'predictions'] as const;

/** What a pane can show over the photo. */
export interface PaneContent {
  /** The same from image to image. */
  key: string;
  /** A text of locales/, and the name of its set. */
  text: 'photo' | 'preview' | 'before' | 'gate' | 'rest' | 'mask' | 'truth' | (typeof fileKinds)[number];
  set: string | null;
  kind: LayerKind | null;
  url: string | null;
  /** In place of an address. */
  labels?: LabelMap | null;
  /** It is being computed anew. */
  stale?: boolean;
}

/** Panes of an image, at least and at most. */
export const [FEWEST_PANES, MOST_PANES] = [2, 4];

/** The files of an image as contents: maps of the class, saliency, masks, predictions, ground truth. */
export function fileContents(
  project: string,
  image: { id: string; hasTruth: boolean; files: readonly ImageFile[] },
  classIndex: number,
): PaneContent[] {
  const contents = fileKinds.flatMap((text) =>
    image.files
      .filter((file) => file.kind === text && (text !== 'maps' || file.classIndex === classIndex))
      .map((file): PaneContent => ({
        key: `${text} ${file.name}`,
        text,
        set: file.name,
        kind: text === 'masks' || text === 'predictions' ? 'labels' : 'heat',
        url: fileUrl(project, image.id, file) ?? null,
      })),
  );
  if (!image.hasTruth) return contents;
  return [...contents, { key: 'truth', text: 'truth', set: null, kind: 'labels', url: truthUrl(project, image.id) }];
}

/** Keys of what the panes show: what there is not any more becomes the first content that no other pane shows. */
export function shownPanes(wanted: readonly string[], contents: readonly PaneContent[]): PaneContent[] {
  const known = new Map(contents.map((content) => [content.key, content]));
  const kept = wanted.slice(0, MOST_PANES).map((key) => known.get(key) ?? null);
  const used = new Set(kept.map((content) => content?.key));
  const free = contents.filter(({ key }) => !used.has(key));
  return kept.flatMap((content) => content ?? free.shift() ?? []);
}
