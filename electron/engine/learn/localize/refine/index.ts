import type { LocalizeSettings } from '../../../../../shared/settings/index.js';
import type { FloatMap, RgbImage } from '../../../../../shared/types.js';
import { resizeBilinear, resizeCubicFloat } from '../../../images/index.js';
import { scaleMap } from '../aggregate.js';
import { pixelAdaptive } from './pixelAdaptive.js';
import { randomWalk, type FeatureMap } from './randomWalk.js';

/** What maps are refined by. */
export interface RefineBy {
  photo: RgbImage;
  /** Of the maps' size. */
  features(): FeatureMap;
}

/** One way to refine maps; what comes back may have any positive range. */
type MapRefiner = (maps: readonly FloatMap[], by: RefineBy, settings: LocalizeSettings) => FloatMap[];

/** Every refiner by the name that settings call it; null leaves maps as they are. */
const mapRefiners: Record<LocalizeSettings['refine'], MapRefiner | null> = {
  none: null,
  'pixel-adaptive': (maps, { photo }, settings) => {
    const small = reduced(photo, settings['refine.size']);
    const resized = maps.map((map) => resizeCubicFloat(map, small.width, small.height));
    return pixelAdaptive(resized, small, settings['refine.iterations']);
  },
  'random-walk': (maps, { features }, settings) => randomWalk(maps, features(), settings['refine.iterations']),
};

/** The photo with its longest side at most so long, its aspect kept. */
function reduced(photo: RgbImage, longest: number): RgbImage {
  const factor = Math.min(1, longest / Math.max(photo.width, photo.height));
  const side = (length: number): number => Math.max(1, Math.round(length * factor));
  return resizeBilinear(photo, side(photo.width), side(photo.height));
}

/**
 * Fits an image's scaled maps to its photo or features, as settings say.
 *
 * @param maps 0..1, at feature size
 * @returns 0..1, divided by the largest value again; at the size of the reduced photo, or as they were
 */
export function refineMaps(maps: readonly FloatMap[], by: RefineBy, settings: LocalizeSettings): FloatMap[] {
  const refiner = mapRefiners[settings.refine];
  return refiner ? refiner(maps, by, settings).map(scaleMap) : [...maps];
}
