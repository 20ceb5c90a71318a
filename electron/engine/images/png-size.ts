import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, name and checksum around the data of a chunk. */
const AROUND = 12;

/** Chunks that tell pixels and their colours; others may tell an orientation. */
const PLAIN = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'pHYs', 'bKGD', 'tIME']);

/** Depths by colour type (PNG, table 11.1). */
const DEPTHS: Record<number, readonly number[]> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }; // prettier-ignore

/**
 * Size of a PNG whose chunks are plain, all there, and bear the checksums they say (PNG, clause 5): nothing in it can be
 * damaged by chance. Null says that it is something else or that only a decoder can tell. Takes microseconds.
 */
export function soundPngSize(bytes: Buffer): { width: number; height: number } | null {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const names = new Set<string>();
  for (let at = SIGNATURE.length; at + AROUND <= bytes.length;) {
    const end = at + AROUND + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || !PLAIN.has(name) || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null; // prettier-ignore
    if (names.size === 0 && (name !== 'IHDR' || end !== at + AROUND + 13)) return null;
    names.add(name);
    if (name === 'IEND') return names.has('IDAT') ? headerSize(bytes, names.has('PLTE')) : null;
    at = end;
  }
  return null;
}

/** Size in the header of a PNG, if the header is one (PNG, 11.2.1). */
function headerSize(bytes: Buffer, palette: boolean): { width: number; height: number } | null {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, type, packing, filter, interlace] = bytes.subarray(24, 29);
  const known = DEPTHS[type]?.includes(depth) && packing === 0 && filter === 0 && interlace <= 1;
  return known && (type !== 3 || palette) && width > 0 && height > 0 ? { width, height } : null;
}
