/** Second bytes of the markers that matter here (ITU-T T.81, table B.1). */
const SOF0 = 0xc0;
const SOF1 = 0xc1;
const DHT = 0xc4;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;
const APP1 = 0xe1;
/** Largest width and height that decoders take. */
const MAX_SIDE = 65_500;
/** Most blocks of all components in a unit of pixel data (T.81, B.2.3), tables of a kind, and symbols of a Huffman table. */
const MAX_BLOCKS = 10;
const MAX_TABLES = 4;
const MAX_SYMBOLS = 256;

/** Segments that say nothing about pixels: comments and applications' own. */
const isRemark = (marker: number): boolean => marker === 0xfe || (marker >= 0xe0 && marker <= 0xef);

/** What the header has told so far. Tables are known by their identifier; that of a Huffman table holds its class. */
interface Header {
  quantization: Set<number>;
  huffman: Set<number>;
  frame: Uint8Array | null;
  exif: boolean;
}

/** A baseline JPEG that is whole. */
export interface BaselineJpeg {
  /** Size in pixels as stored. */
  width: number;
  height: number;
  /** Whether it holds EXIF data, which may tell an orientation. */
  exif: boolean;
}

/** Notes Huffman tables (T.81, B.2.4.2); false where one is no code (annex C) or has sizes that no difference has. */
function readHuffman(segment: Uint8Array, { huffman }: Header): boolean {
  let at = 0;
  while (at + 17 <= segment.length) {
    let [values, code] = [0, 0];
    for (let length = 1; length <= 16; length++) {
      values += segment[at + length];
      code = 2 * code + segment[at + length];
      if (code > 2 ** length) return false;
    }
    if ((segment[at] & 0xef) >= MAX_TABLES || values > MAX_SYMBOLS) return false;
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
  for (; at < segment.length; at += segment[at] < 0x10 ? 65 : 129) {
    if ((segment[at] & 15) >= MAX_TABLES) return false;
    quantization.add(segment[at] & 15);
  }
  return at === segment.length;
}

/**
 * Notes the frame (T.81, B.2.2), the only one: 8 bits a sample, grey, three colours or four, and a sampling of every
 * component that divides that of the finest, as decoders need it.
 */
function readFrame(frame: Uint8Array, header: Header): boolean {
  const count = frame[5];
  if (header.frame !== null || frame[0] !== 8 || ![1, 3, 4].includes(count) || frame.length !== 6 + 3 * count) return false; // prettier-ignore
  header.frame = frame;
  const { width, height } = frameSize(frame);
  if (Math.min(width, height) === 0 || Math.max(width, height) > MAX_SIDE) return false;
  const samplings = Array.from({ length: count }, (_, i) => frame[7 + 3 * i]);
  const blocks = samplings.reduce((sum, sampling) => sum + (sampling >> 4) * (sampling & 15), 0);
  if (count > 1 && blocks > MAX_BLOCKS) return false;
  return [4, 0].every((shift) => {
    const along = samplings.map((sampling) => (sampling >> shift) & 15);
    const most = Math.max(...along);
    return most <= 4 && along.every((factor) => factor > 0 && most % factor === 0);
  });
}

const frameSize = (frame: Uint8Array): { width: number; height: number } => ({
  width: (frame[3] << 8) | frame[4],
  height: (frame[1] << 8) | frame[2],
});

/** Whether frame and scan name tables that are there, and the scan components of the frame (T.81, B.2.2 and B.2.3). */
function hasTables(scan: Uint8Array, { frame, quantization, huffman }: Header): boolean {
  if (frame === null || scan[0] < 1 || scan[0] > frame[5] || scan.length !== 4 + 2 * scan[0]) return false;
  const each = Array.from({ length: frame[5] }, (_, i) => 6 + 3 * i);
  const components = new Set(each.map((at) => frame[at]));
  if (components.size < frame[5] || !each.every((at) => quantization.has(frame[at + 2]))) return false;
  for (let i = 0; i < scan[0]; i++) {
    const [component, codes] = [scan[1 + 2 * i], scan[2 + 2 * i]];
    if (!components.delete(component) || !huffman.has(codes >> 4) || !huffman.has(0x10 | (codes & 15))) return false;
  }
  return true;
}

/** Notes EXIF data (Exif 2.32, 4.7.2). */
function readApplication(segment: Uint8Array, header: Header): boolean {
  header.exif ||= String.fromCharCode(...segment.subarray(0, 4)) === 'Exif';
  return true;
}

const readers: Record<number, (segment: Uint8Array, header: Header) => boolean> = {
  [DHT]: readHuffman,
  [DQT]: readQuantization,
  [SOF0]: readFrame,
  [SOF1]: readFrame,
  [DRI]: (segment) => segment.length === 2,
  [APP1]: readApplication,
};

/**
 * What a baseline JPEG says of itself, if it is whole: every segment of its header lies inside the file, its tables are
 * sound and all there, and its pixel data ends with an end marker. A decoder would find nothing else: it takes any bits
 * for some pixels. Null says that it is something else or that only a decoder can tell. Takes microseconds.
 */
export function wholeBaselineJpeg(bytes: Uint8Array): BaselineJpeg | null {
  const header: Header = { quantization: new Set(), huffman: new Set(), frame: null, exif: false };
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1];
    const end = at + 2 + (bytes[at + 2] << 8) + bytes[at + 3];
    if (bytes[at] !== 0xff || end > bytes.length || end < at + 4) return null;
    const segment = bytes.subarray(at + 4, end);
    if (marker === SOS) {
      const { frame, exif } = header;
      const whole = frame !== null && hasTables(segment, header) && endsAfter(bytes, end);
      return whole ? { ...frameSize(frame), exif } : null;
    }
    if (!(readers[marker]?.(segment, header) ?? isRemark(marker))) return null;
    at = end;
  }
  return null;
}

/** Whether an end marker stands behind `start`; within pixel data 0xff is always followed by another byte. */
function endsAfter(bytes: Uint8Array, start: number): boolean {
  for (let at = bytes.length - 1; at > start; at--) if (bytes[at] === EOI && bytes[at - 1] === 0xff) return true;
  return false;
}
