import sharp from 'sharp';
import type { Palette, Rgb } from '../../../../shared/palette.js';
import type { ByteImage, LabelMap, RgbImage } from '../../../../shared/types.js';
import { encodeLabelMap, resizeNearest, toGrey } from '../../images/index.js';
import { outcomeMap, paintOutcomes } from './error-map.js';

/** Longest side of a picture in the report, in px. */
export const THUMBNAIL = 160;

export interface Thumbnail {
  width: number;
  height: number;
  /** data: URI. */
  source: string;
}

/** Size of the thumbnail of an image; small images stay as they are. */
export function thumbnailSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Every pixel of the result is one of the image: labels cannot be averaged. */
export function shrinkLabels(image: ByteImage): ByteImage {
  const { width, height } = thumbnailSize(image);
  return resizeNearest(image, width, height);
}

const png = (image: ByteImage, palette: Palette): Thumbnail => ({
  width: image.width,
  height: image.height,
  source: `data:image/png;base64,${Buffer.from(encodeLabelMap(image, palette)).toString('base64')}`,
});

async function jpeg({ width, height, data }: RgbImage): Promise<Thumbnail> {
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 82, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { width, height, source: `data:image/jpeg;base64,${bytes.toString('base64')}` };
}

/** The photo at the size of a thumbnail. */
export async function shrinkPhoto(photo: RgbImage): Promise<RgbImage> {
  const { width, height } = thumbnailSize(photo);
  const raw = { width: photo.width, height: photo.height, channels: 3 as const };
  const data = await sharp(photo.data, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** A photo that shrinkPhoto has made small. */
export const photoThumbnail = (small: RgbImage): Promise<Thumbnail> => jpeg(small);

/** A label map in the project's colours. */
export const labelThumbnail = (map: LabelMap, palette: Palette): Thumbnail => png(shrinkLabels(map), palette);

/** A score map in a palette of 256 colours. */
export async function scoreThumbnail(map: ByteImage, palette: Palette): Promise<Thumbnail> {
  const { width, height } = thumbnailSize(map);
  const raw = { width: map.width, height: map.height, channels: 1 as const };
  const data = await sharp(map.data, { raw })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return png({ width, height, data }, palette);
}

/** Where mask and ground truth differ, over the small photo. All three are of one image. */
export function errorThumbnail(truth: LabelMap, mask: LabelMap, small: RgbImage): Promise<Thumbnail> {
  const outcome = shrinkLabels(outcomeMap(truth, mask));
  const { width, height } = outcome;
  return jpeg({ width, height, data: paintOutcomes(outcome, toGrey(small).data) });
}

/** Greys for saliency. */
export const greys: Palette = Array.from({ length: 256 }, (_, value): Rgb => [value, value, value]);

/** Every 28th colour or so of viridis (van der Walt and Smith, 2015): even steps to the eye, whatever its colour vision. */
const viridisStops: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 73, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** 256 colours for localization maps, low to high. */
export const heat: Palette = Array.from({ length: 256 }, (_, value) => {
  const place = (value / 255) * (viridisStops.length - 1);
  const at = Math.min(Math.floor(place), viridisStops.length - 2);
  const [from, to] = [viridisStops[at], viridisStops[at + 1]];
  return from.map((channel, c) => Math.round(channel + (to[c] - channel) * (place - at))) as unknown as Rgb;
});
