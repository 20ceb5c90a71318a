import { channelsOf, emptyLike, type Pixels } from './pixels.js';

/** Mirrors left to right; any number of channels, bytes or floats. */
export function mirror<Image extends Pixels>(image: Image): Image {
  const { width, height, data } = image;
  const channels = channelsOf(image);
  const mirrored = emptyLike(data, data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width * channels;
    for (let x = 0; x < width; x++) {
      const from = row + x * channels;
      const to = row + (width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) mirrored[to + c] = data[from + c];
    }
  }
  return { ...image, data: mirrored };
}

/** A rectangle in pixels; `x`, `y` is its upper left corner, which lies inside the image or on its edge. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Copies a rectangle out of an image. Throws RangeError where it is empty or reaches outside. */
export function cropImage<Image extends Pixels>(image: Image, { x, y, width, height }: Rectangle): Image {
  const inside = x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= image.width && y + height <= image.height;
  if (!inside) {
    throw new RangeError(`crop ${width}x${height} at ${x},${y} is not inside ${image.width}x${image.height}`);
  }
  const channels = channelsOf(image);
  const data = emptyLike(image.data, width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * channels;
    data.set(image.data.subarray(from, from + width * channels), row * width * channels);
  }
  return { ...image, width, height, data };
}
