/** Second bytes of the markers that matter here (ITU-T T.81, table B.1). */
const SOF0 = 0xc0;
const SOF1 = 0xc1;
const DHT = 0xc4;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;

/** Start of frame of progressive, lossless and arithmetic-coded JPEGs; 0xc4, 0xc8 and 0xcc are other markers. */
const isOtherFrame = (marker: number): boolean => marker >= 0xc2 && marker <= 0xcf && ![DHT, 0xc8, 0xcc].includes(marker); // prettier-ignore

/** What the header has told so far. Tables are known by their identifier; that of a Huffman table holds its class. */
interface Header {
  quantization: Set<number>;
  huffman: Set<number>;
  frame: Uint8Array | null;
}

/** Notes Huffman tables (T.81, B.2.4.2); false where one is no code (annex C) or has sizes that no difference has. */
function readHuffman(segment: Uint8Array, { huffman }: Header): boolean {
  let at = 0;
  while (at + 17 <= segment.length) {
    let [values, code] = [0, 0];
    for (const [i, count] of segment.subarray(at + 1, at + 17).entries()) {
      values += count;
      code = 2 * code + count;
      if (code > 2 ** (i + 1)) return false;
    }
    const symbols = segment.subarray(at + 17, at + 17 + values);
    if (segment[at] < 0x10 && symbols.some((size) => size > 15)) return false;
    huffman.add(segment[at]);
    at += 17 + values;
  }
  return at === segment.length;
}

/** Notes quantization tables of 8 or 16 bits (T.81, B.2.4.1). */
function readQuantization(segment: Uint8Array, { quantization }: Header): boolean {
  let at = 0;
  for (; at < segment.length; at += segment[at] < 0x10 ? 65 : 129) quantization.add(segment[at] & 15);
  return at === segment.length;
}

/** Whether the sampling of every component of a frame divides that of the finest, as decoders need it (T.81, B.2.2). */
function readFrame(frame: Uint8Array, header: Header): boolean {
  header.frame = frame;
  const samplings = Array.from({ length: frame[5] }, (_, i) => frame[7 + 3 * i]);
  return [4, 0].every((shift) => {
    const along = samplings.map((sampling) => (sampling >> shift) & 15);
    return along.every((factor) => factor > 0 && Math.max(...along) % factor === 0);
  });
}

/** Whether the tables that frame and scan name are there (T.81, B.2.2 and B.2.3). */
function hasTables(scan: Uint8Array, { frame, quantization, huffman }: Header): boolean {
  if (frame === null) return false;
  const named = Array.from({ length: frame[5] }, (_, i) => frame[8 + 3 * i]);
  const codes = Array.from({ length: scan[0] }, (_, i) => scan[2 + 2 * i]);
  return named.every((id) => quantization.has(id)) && codes.every((id) => huffman.has(id >> 4) && huffman.has(0x10 | (id & 15))); // prettier-ignore
}

const readers: Record<number, (segment: Uint8Array, header: Header) => boolean> = {
  [DHT]: readHuffman,
  [DQT]: readQuantization,
  [SOF0]: readFrame,
  [SOF1]: readFrame,
};

/**
 * Whether a file is a baseline JPEG that is whole: every segment of its header lies inside the file, its tables are sound
 * and all there, and its pixel data ends with an end marker. Where a decoder reads the header too, it would find nothing
 * else: it takes any bits for some pixels. False says that it is something else or that only a decoder can tell. Takes
 * microseconds.
 */
export function isWholeBaselineJpeg(bytes: Uint8Array): boolean {
  const header: Header = { quantization: new Set(), huffman: new Set(), frame: null };
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return false;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1];
    const end = at + 2 + (bytes[at + 2] << 8) + bytes[at + 3];
    if (bytes[at] !== 0xff || end > bytes.length || end < at + 4 || isOtherFrame(marker)) return false;
    const segment = bytes.subarray(at + 4, end);
    if (marker === SOS) return hasTables(segment, header) && endsAfter(bytes, end);
    if (readers[marker]?.(segment, header) === false) return false;
    at = end;
  }
  return false;
}

/** Whether an end marker stands behind `start`; within pixel data 0xff is always followed by another byte. */
function endsAfter(bytes: Uint8Array, start: number): boolean {
  for (let at = bytes.length - 1; at > start; at--) if (bytes[at] === EOI && bytes[at - 1] === 0xff) return true;
  return false;
}
