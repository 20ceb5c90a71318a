import type { RgbImage } from '../../../../shared/types.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { mirror } from '../../images/index.js';
import { random, type Random } from '../random.js';
import { reframe, squash } from './augment.js';
import type { Purpose } from './looks.js';

/** Settings that decide what a photo looks like to a step. */
export type SeenSettings = Pick<
  TrainSettings,
  'seed' | 'inputSize' | 'pairs.self' | `augment.${'jitter' | 'mirror' | 'crop'}`
>;

/** The photo of an image as a step sees it: framed, squashed and jittered, and where asked for in the views of self pairs. */
export type SeePhoto = (id: string, purpose: Purpose, withViews: boolean) => Promise<RgbImage[]>;

/** Side of the square that a self-pair view is seen at, px. */
export const viewSize = (view: string, inputSize: number): number =>
  view === 'mirror' ? inputSize : Math.round(inputSize * Number(view));

/** A self-pair view of a reframed photo: its mirror image, or another size relative to the input size. */
function viewOf(photo: RgbImage, view: string, settings: SeenSettings, rng: Random): RgbImage {
  const square = squash(photo, viewSize(view, settings.inputSize), settings, rng);
  return view === 'mirror' ? mirror(square) : square;
}

/** What `SeePhoto` gives, of a photo that is read; all of it in memory of its own. */
export function seenPhoto(photo: RgbImage, settings: SeenSettings, purpose: Purpose, withViews: boolean): RgbImage[] {
  const rng = random(settings.seed, ...purpose);
  const framed = reframe(photo, settings, rng);
  const plain = squash(framed, settings.inputSize, settings, rng);
  const views = withViews ? settings['pairs.self'] : [];
  return [plain, ...views.map((view) => viewOf(framed, view, settings, rng))];
}
