import { StudioError } from '../../../../shared/errors.js';
import { MAX_PIXELS } from '../../../../shared/max-pixels.js';
import type { ByteImage } from '../../../../shared/types.js';

/**
 * A mask as COCO keeps it: lengths of runs that are outside and inside by turns, outside first (so the first may be 0),
 * going down the columns from left to right. They sum up to width * height.
 */
export interface Rle {
  width: number;
  height: number;
  counts: readonly number[];
}

/** `file-damaged` for a shape that is none; whoever knows the file adds it. */
export const damagedShape = (why: string): StudioError =>
  new StudioError({ code: 'file-damaged', message: why, remedy: 'Export the annotations again.' });

/** Number of pixels of a size that a file declares, before anything is allocated. Throws `file-damaged`. */
export function pixelsOf({ width, height }: { width: number; height: number }): number {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (whole && width * height <= MAX_PIXELS) return width * height;
  throw damagedShape(`${width}x${height} is not the size of a mask`);
}

/** The run lengths, checked to fill the size exactly. Throws `file-damaged`. */
export function checkRle({ width, height, counts }: Rle): Rle {
  const pixels = pixelsOf({ width, height });
  let sum = 0;
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 0) throw damagedShape(`${count} is not the length of a run`);
    sum += count;
    if (sum > pixels) break;
  }
  if (sum === pixels) return { width, height, counts };
  const sums = sum > pixels ? 'more than' : `${sum} of`;
  throw damagedShape(`the runs make ${sums} the ${pixels} pixels of ${width}x${height}`);
}

/** The pixels of a map that have the value, as run lengths. */
export function encodeRle({ width, height, data }: ByteImage, value = 1): Rle {
  const counts: number[] = [];
  let inside = false;
  let length = 0;
  for (let x = 0; x < width; x++) {
    for (let at = x; at < data.length; at += width) {
      if ((data[at] === value) !== inside) {
        counts.push(length);
        inside = !inside;
        length = 0;
      }
      length += 1;
    }
  }
  counts.push(length);
  return { width, height, counts };
}

/** Sets the pixels inside to a value, in a map of the same size; the others stay. `rle` is checked before. */
export function paintRle(map: ByteImage, rle: Rle, value: number): void {
  const { width, height, data } = map;
  if (rle.width !== width || rle.height !== height) {
    throw new RangeError(`a mask of ${rle.width}x${rle.height} cannot be painted into ${width}x${height}`);
  }
  let start = 0;
  rle.counts.forEach((count, run) => {
    const end = start + count;
    if (run % 2 === 1) {
      let y = start % height;
      let at = y * width + Math.floor(start / height);
      for (let i = start; i < end; i++) {
        data[at] = value;
        at += width;
        if (++y === height) [y, at] = [0, at - data.length + 1];
      }
    }
    start = end;
  });
}

/** The mask as a map: 1 inside, 0 outside. Throws `file-damaged` where the runs do not fill the size. */
export function decodeRle(rle: Rle): ByteImage {
  const { width, height } = checkRle(rle);
  const map = { width, height, data: new Uint8Array(width * height) };
  paintRle(map, rle, 1);
  return map;
}

/** Pixels inside. */
export const areaOf = ({ counts }: Rle): number =>
  counts.reduce((area, count, run) => area + (run % 2 === 1 ? count : 0), 0);
