import type { SegmentSettings } from '../../../../shared/settings/index.js';
import { IGNORE, type LabelMap, type RgbImage } from '../../../../shared/types.js';
import { mirror, resizeBilinear, resizeNearest, type Colours } from '../../images/index.js';
import { randomIndex, type Random } from '../random.js';
import { fittingSide } from './segmenter.js';

/** A photo with the label map to learn, of one size. */
export interface Sample {
  photo: RgbImage;
  labels: LabelMap;
  /** What its loss counts; 1 for an image like any other. */
  weight: number;
}

export type SampleSettings = Pick<SegmentSettings, 'cropSize' | 'longestSide' | 'augment.scale' | 'augment.mirror'>;

/** Size after `scale`, with the longest side first brought down to `longest` (0: any). */
export function scaledSize(
  { width, height }: { width: number; height: number },
  longest: number,
  scale = 1,
): { width: number; height: number } {
  const reduced = longest > 0 ? Math.min(1, longest / Math.max(width, height)) : 1;
  const side = (length: number): number => Math.max(1, Math.round(length * reduced * scale));
  return { width: side(width), height: side(height) };
}

/** The colour that becomes zero in front of the net, but for rounding. */
export const meanColour = ({ mean }: Colours): readonly number[] => mean.map((value) => Math.round(value * 255));

/**
 * A square of `side` out of an image, which need not be as large: what lies outside is `fill`.
 *
 * @param x,y of the square's upper left corner in the image; not negative
 */
export function window<Image extends RgbImage | LabelMap>(
  image: Image,
  { x, y }: { x: number; y: number },
  { width, height }: { width: number; height: number },
  fill: readonly number[],
): Image {
  const channels = fill.length;
  const data = new Uint8Array(width * height * channels);
  const columns = Math.min(width, image.width - x);
  const rows = Math.min(height, image.height - y);
  if (columns < width || rows < height) for (let at = 0; at < data.length; at++) data[at] = fill[at % channels];
  for (let row = 0; row < rows; row++) {
    const from = ((y + row) * image.width + x) * channels;
    data.set(image.data.subarray(from, from + columns * channels), row * width * channels);
  }
  return { ...image, width, height, data };
}

/** A sample as a training step sees it: resized at random, mirrored or not, and a square cut out of it. */
export function augmented(
  { photo, labels, weight }: Sample,
  settings: SampleSettings,
  colours: Colours,
  rng: Random,
): Sample {
  const [least = 1, most = least] = settings['augment.scale'];
  const size = scaledSize(photo, settings.longestSide, least + (most - least) * rng());
  const turn = settings['augment.mirror'] && rng() < 0.5;
  const side = fittingSide(settings.cropSize);
  const place = {
    x: randomIndex(rng, Math.max(0, size.width - side) + 1),
    y: randomIndex(rng, Math.max(0, size.height - side) + 1),
  };
  const square = { width: side, height: side };
  const resized = resizeBilinear(photo, size.width, size.height);
  const own = resizeNearest(labels, size.width, size.height);
  return {
    photo: window(turn ? mirror(resized) : resized, place, square, meanColour(colours)),
    labels: window(turn ? mirror(own) : own, place, square, [IGNORE]),
    weight,
  };
}
