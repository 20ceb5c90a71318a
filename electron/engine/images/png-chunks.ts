import { inflateSync } from 'node:zlib';

const SIGNATURE = 8;
/** Length, name and checksum around the data of a chunk. */
const AROUND = 12;
/** Chunks that pixels need; the others (profiles, texts) may be packed without bound and say nothing about labels. */
const NEEDED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
/** No more than this comes out of a packed byte (deflate, RFC 1951: 258 bytes from 2 bits). */
const MOST_UNPACKED = 1032;
/** Values of a pixel, by colour type (PNG, table 11.1). */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Bytes that are unpacked without a question. */
const HARMLESS = 2 ** 26;

/** Size and depth in the header of a PNG, and the file with nothing but what its pixels need. */
export interface PlainPng {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/**
 * Takes everything but its pixels out of a PNG of at most `most` pixels, and sees to it that unpacking them takes no more
 * memory than pixels of that size do, nor pixels more than the data: a file of a megabyte can hold a gigabyte of zeros, and
 * one of a hundred bytes claim as many. Throws Error with the reason.
 */
export function plainPng(file: Uint8Array, most: number): PlainPng {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < SIGNATURE + AROUND + 13 || view.getUint32(0) !== 0x89504e47) throw new Error('this is no PNG');
  const kept: Uint8Array[] = [file.subarray(0, SIGNATURE)];
  const packed: Uint8Array[] = [];
  for (let at = SIGNATURE, name = ''; name !== 'IEND';) {
    const length = at + AROUND <= file.length ? view.getUint32(at) : Infinity;
    if (at + AROUND + length > file.length) throw new Error('it is cut short');
    name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    // The decoder would believe the last header, and its size is the one that was not looked at.
    if ((name === 'IHDR') !== (at === SIGNATURE)) throw new Error('its header is not its first part, and only that');
    if (NEEDED.includes(name)) kept.push(file.subarray(at, at + AROUND + length));
    if (name === 'IDAT') packed.push(file.subarray(at + 8, at + 8 + length));
    at += AROUND + length;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width * height > most) throw new RangeError(`it claims ${width}x${height} pixels`);
  checkWhole(packed, (width * height * file[24] * (CHANNELS[file[25]] ?? 1)) / 8);
  // A filter byte a row, and some for the passes of an interlaced file; at most 8 bytes a pixel.
  checkUnpacked(packed, (8 * width + 16) * height * 2);
  return { width, height, bytes: Buffer.concat(kept) };
}

const total = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);

/** Pixels take memory before the first of them is looked at: the data must be able to hold as many bytes. */
function checkWhole(packed: readonly Uint8Array[], bytes: number): void {
  if (total(packed) * MOST_UNPACKED < bytes) throw new Error('it has less data than pixels');
}

/** Unpacks the data for a try where it could come to more than `most` bytes. */
function checkUnpacked(packed: readonly Uint8Array[], most: number): void {
  if (total(packed) * MOST_UNPACKED <= Math.max(most, HARMLESS)) return;
  try {
    inflateSync(Buffer.concat(packed), { maxOutputLength: Math.max(most, HARMLESS) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Error('it holds more data than pixels', { cause: error }); // prettier-ignore
    throw error;
  }
}
