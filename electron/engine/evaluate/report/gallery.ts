import type { ImageScore } from '../../../../shared/evaluation.js';
import { markup, type Markup } from './markup.js';
import { figure, percent } from './tables.js';
import type { Thumbnail } from './thumbnails.js';

export const pictureKinds = ['photo', 'map', 'saliency', 'mask', 'truth', 'error'] as const;
export type PictureKind = (typeof pictureKinds)[number];

const titles: Record<PictureKind, string> = {
  photo: 'Photo',
  map: 'Map',
  saliency: 'Saliency',
  mask: 'Mask',
  truth: 'Ground truth',
  error: 'Error',
};

/** One image of the report. */
export interface GalleryRow {
  score: ImageScore;
  /** Names of its labels. */
  classes: string[];
  /** A picture that is missing leaves its cell empty. */
  pictures: Partial<Record<PictureKind, Thumbnail>>;
}

/** What the colours of the error map mean; `undecided`: whether a mask shows pixels that it leaves undecided. */
const legend = (undecided: boolean): Markup => markup`<ul class="legend">
<li><span class="swatch invented"></span>background called an object</li>
<li><span class="swatch missed"></span>object missed</li>
<li><span class="swatch confused"></span>object called another class</li>
<li><span class="swatch ignored"></span>no ground truth</li>
${undecided ? markup`<li><span class="swatch undecided"></span>undecided in the mask</li>` : null}
</ul>`;

function cell(kind: PictureKind, { score, pictures }: GalleryRow): Markup {
  const picture = pictures[kind];
  if (!picture) return markup`<td class="muted">none</td>`;
  const { source, width, height } = picture;
  return markup`<td><img src="${source}" width="${width}" height="${height}" alt="${titles[kind]} of ${score.id}" loading="lazy"></td>`;
}

function row(image: GalleryRow, kinds: readonly PictureKind[]): Markup {
  const { id, mIoU, missed, invented, confused, undecided } = image.score;
  const shares = [
    ['missed', missed],
    ['invented', invented],
    ['confused', confused],
    ['undecided', undecided],
  ] as const;
  return markup`<tr><th scope="row">${id}
<div class="classes">${image.classes.join(', ') || 'no labels'}</div>
<dl><dt>mIoU</dt><dd>${figure(mIoU)}</dd>${shares
    .filter(([, share]) => share > 0)
    .map(
      ([name, share]) => markup`<dt>${name}</dt><dd>${percent(share)}</dd>`,
    )}</dl></th>${kinds.map((kind) => cell(kind, image))}</tr>
`;
}

/** The worst images with their pictures; a column that no image has is left out. `total` images were measured. */
export function gallery(rows: readonly GalleryRow[], total: number): Markup | null {
  if (rows.length === 0) return null;
  const kinds = pictureKinds.filter((kind) => rows.some(({ pictures }) => pictures[kind]));
  const left = total - rows.length;
  return markup`<section class="panel"><h2>Images, worst first</h2>${legend(rows.some(({ score }) => score.undecided > 0))}<div class="scroll"><table class="gallery">
<caption>Images with the lowest mIoU first</caption>
<thead><tr><th scope="col">Image</th>${kinds.map((kind) => markup`<th scope="col">${titles[kind]}</th>`)}</tr></thead>
<tbody>
${rows.map((image) => row(image, kinds))}</tbody></table></div>
${left > 0 ? markup`<p class="note">${left} better ${left === 1 ? 'image is' : 'images are'} left out of this list; the figures include ${left === 1 ? 'it' : 'them'}.</p>` : null}</section>`;
}
