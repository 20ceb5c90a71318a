import { surveyOf, type Survey } from '../../shared/label-map/survey.js';
import type { Photo } from '../../shared/label-map/wand.js';
import { rgbaToLab } from '../../shared/superpixels/lab.js';
import { slic, type Segmentation } from '../../shared/superpixels/slic.js';
import type { LabelMap } from '../../shared/types.js';

/** What takes too long beside painting, and its answers. */
export interface MaskWork {
  superpixels: { request: { photo: Photo; count: number }; answer: Segmentation };
  survey: { request: { map: LabelMap }; answer: Survey };
}
export type WorkKind = keyof MaskWork;

/** Like a superpixel's side in Lab; the value that its authors recommend for even regions. */
const COMPACTNESS = 20;
const ROUNDS = 5;

function superpixels({ photo: { width, height, data }, count }: MaskWork['superpixels']['request']): Segmentation {
  const lab = rgbaToLab(data);
  return slic(lab, width, height, { area: (width * height) / count, compactness: COMPACTNESS, rounds: ROUNDS });
}

const works: { [Kind in WorkKind]: (request: MaskWork[Kind]['request']) => MaskWork[Kind]['answer'] } = {
  superpixels,
  survey: ({ map }) => surveyOf(map),
};

/** Does a piece of work. */
export const doWork = <Kind extends WorkKind>(kind: Kind, request: MaskWork[Kind]['request']): MaskWork[Kind]['answer'] =>
  works[kind](request); // prettier-ignore
