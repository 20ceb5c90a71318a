import type { RgbImage } from '../../../../shared/types.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { cropImage, jitterColours, mirror, resizeBilinear } from '../../images/index.js';
import { randomIndex, type Random } from '../random.js';

export type AugmentSettings = Pick<TrainSettings, 'augment.jitter' | 'augment.mirror' | 'augment.crop'>;

/** A random crop (each side keeps at least 1 - `augment.crop`) and a random mirror image, as settings allow. */
export function reframe(photo: RgbImage, settings: AugmentSettings, rng: Random): RgbImage {
  const most = settings['augment.crop'];
  let result = photo;
  if (most > 0) {
    const kept = 1 - most * rng();
    const width = Math.max(1, Math.round(photo.width * kept));
    const height = Math.max(1, Math.round(photo.height * kept));
    const x = randomIndex(rng, photo.width - width + 1);
    const y = randomIndex(rng, photo.height - height + 1);
    result = cropImage(photo, { x, y, width, height });
  }
  return settings['augment.mirror'] && rng() < 0.5 ? mirror(result) : result;
}

/** A photo squashed to a square and its colours jittered, as training sees it. */
export function squash(photo: RgbImage, size: number, settings: AugmentSettings, rng: Random): RgbImage {
  const square = resizeBilinear(photo, size, size);
  const factors = settings['augment.jitter'];
  return factors.some((factor) => factor > 0) ? jitterColours(square, factors, rng) : square;
}
