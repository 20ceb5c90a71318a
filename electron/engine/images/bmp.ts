import { open } from 'node:fs/promises';
import type { RgbImage } from '../../../shared/types.js';
import { BMP_HEAD, readBmpHeader, type BmpHeader } from './bmp-header.js';

const isBmpStart = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/** Whether a file, given by its bytes or its path, begins like a BMP. */
export async function isBmp(file: Uint8Array | string): Promise<boolean> {
  return isBmpStart(typeof file === 'string' ? (await readHead(file)).head : file);
}

/** Size of a BMP whose pixels are all there. Throws what `fail` makes of the reason. */
export async function bmpSize(
  file: Uint8Array | string,
  fail: (why: string) => Error,
): Promise<{ width: number; height: number }> {
  const { head, length } = typeof file === 'string' ? await readHead(file) : { head: file, length: file.length };
  const { width, height } = readBmpHeader(head, length, fail);
  return { width, height };
}

async function readHead(path: string): Promise<{ head: Uint8Array; length: number }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BMP_HEAD), 0, BMP_HEAD, 0);
    return { head: buffer.subarray(0, bytesRead), length: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/**
 * Decodes an uncompressed BMP of any depth: our own, because the decoder of the other kinds knows none, and the packages
 * there are get palettes, rows of odd width or rows from above wrong. A fourth channel is left out: most programs write
 * zeros there and mean opaque. Throws what `fail` makes of the reason.
 */
export function decodeBmp(bytes: Uint8Array, fail: (why: string) => Error): RgbImage {
  const header = readBmpHeader(bytes, bytes.length, fail);
  const { width, height, topDown, offset, stride } = header;
  const data = new Uint8Array(width * height * 3);
  const decodeRow = rowDecoder(header);
  for (let y = 0; y < height; y++) {
    const start = offset + (topDown ? y : height - 1 - y) * stride;
    decodeRow(bytes.subarray(start, start + stride), data.subarray(y * width * 3, (y + 1) * width * 3));
  }
  return { width, height, data };
}

type RowDecoder = (row: Uint8Array, rgb: Uint8Array) => void;

function rowDecoder({ bits, palette, masks }: BmpHeader): RowDecoder {
  if (bits <= 8) return (row, rgb) => indexedRow(row, rgb, bits, palette);
  if (bits === 24) return bgrRow;
  const parts = masks.map((mask) => {
    const low = (mask & -mask) >>> 0;
    return { mask, low, most: Math.floor(mask / low) };
  });
  const bytesEach = bits / 8;
  return (row, rgb) => {
    for (let i = 0, o = 0; o < rgb.length; i += bytesEach) {
      const pixel = row[i] | (row[i + 1] << 8) | (bits === 32 ? (row[i + 2] << 16) | (row[i + 3] << 24) : 0);
      for (const { mask, low, most } of parts) rgb[o++] = Math.trunc((((pixel & mask) >>> 0) / low / most) * 255);
    }
  };
}

/** Indices beyond the palette are black. */
function indexedRow(row: Uint8Array, rgb: Uint8Array, bits: number, palette: Uint8Array): void {
  const most = (1 << bits) - 1;
  for (let x = 0; x * 3 < rgb.length; x++) {
    const bit = x * bits;
    const index = (row[bit >> 3] >> (8 - bits - (bit & 7))) & most;
    for (let c = 0; c < 3; c++) rgb[x * 3 + c] = palette[index * 3 + c] ?? 0;
  }
}

function bgrRow(row: Uint8Array, rgb: Uint8Array): void {
  for (let i = 0; i < rgb.length; i += 3) {
    rgb[i] = row[i + 2];
    rgb[i + 1] = row[i + 1];
    rgb[i + 2] = row[i];
  }
}
