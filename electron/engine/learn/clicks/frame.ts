import type { RgbImage } from '../../../../shared/types.js';
import { resizeBilinear } from '../../images/index.js';

/** Mean and standard deviation of colours 0..255 that every model of the SAM family was trained on, RGB. */
const MEAN = [123.675, 116.28, 103.53];
const STD = [58.395, 57.12, 57.375];

export interface Size {
  width: number;
  height: number;
}

/**
 * How a photo comes into the picture that a network sees: as large as fits with its proportions kept, at the top left
 * (`padded`), or pulled to its edges (`stretched`).
 */
export type Framing = 'padded' | 'stretched';

/** A photo within the picture that a network sees. */
export interface Frame {
  /** Size of the picture. */
  picture: Size;
  /** Pixels of the picture that the photo takes, from the top left. */
  content: Size;
  /** Pixels of the picture that are one of the photo, across and down. */
  scale: { x: number; y: number };
}

/** The frame of a photo of that size; sides are rounded as `ResizeLongestSide` of segment-anything does. */
export function frameOf(photo: Size, picture: Size, framing: Framing): Frame {
  const scale = Math.min(picture.width / photo.width, picture.height / photo.height);
  const side = (length: number): number => Math.max(1, Math.floor(length * scale + 0.5));
  const content = framing === 'stretched' ? picture : { width: side(photo.width), height: side(photo.height) };
  return { picture, content, scale: { x: content.width / photo.width, y: content.height / photo.height } };
}

/** The picture as float32 [3, height, width], normalised; beside the photo it is 0. */
export function normalisedPicture(photo: RgbImage, { picture, content }: Frame): Float32Array {
  const { data } = resizeBilinear(photo, content.width, content.height);
  const area = picture.width * picture.height;
  const pixels = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) {
    const [mean, std] = [MEAN[c], STD[c]];
    for (let y = 0, i = c; y < content.height; y++) {
      const row = c * area + y * picture.width;
      for (let x = 0; x < content.width; x++, i += 3) pixels[row + x] = (data[i] - mean) / std;
    }
  }
  return pixels;
}

/** The photo's part of the picture as float32 [height, width, 3], colours 0..255: for networks that do the rest themselves. */
export function plainPicture(photo: RgbImage, { content }: Frame): Float32Array {
  return Float32Array.from(resizeBilinear(photo, content.width, content.height).data);
}
