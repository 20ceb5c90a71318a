/** What a BMP says of itself before its pixels. */
export interface BmpHeader {
  width: number;
  height: number;
  /** Bits a pixel: 1, 4 or 8 (indices of the palette), 16, 24 or 32. */
  bits: number;
  /** Whether the first row is the upper one; rows usually go upwards. */
  topDown: boolean;
  /** Where the pixels begin. */
  offset: number;
  /** Bytes of a row, which end on a multiple of four. */
  stride: number;
  /** uint8 [colours, 3], RGB; empty where pixels are colours. */
  palette: Uint8Array;
  /** Bits of a pixel that hold red, green and blue; 16 and 32 bits a pixel only. */
  masks: [number, number, number];
}

/** Sizes of the info header: OS/2, Windows 3 and its successors. */
const CORE = 12;
const INFO = 40;
const SIZES = [CORE, INFO, 52, 56, 64, 108, 124];
const FILE_HEADER = 14;

const PLAIN = 0;
const BIT_FIELDS = [3, 6];

/** Bytes that hold any header with its palette. */
export const BMP_HEAD = FILE_HEADER + 124 + 12 + 256 * 4;

/**
 * Reads the header of a BMP from its first BMP_HEAD bytes (all of them, where there are fewer), and checks that a file
 * of `length` bytes can hold the pixels. Format: Microsoft, "Bitmap Storage" (BITMAPFILEHEADER and what follows).
 * Throws what `fail` makes of the reason.
 */
export function readBmpHeader(head: Uint8Array, length: number, fail: (why: string) => Error): BmpHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = head.length >= FILE_HEADER + CORE ? view.getUint32(FILE_HEADER, true) : 0;
  if (!SIZES.includes(size) || head.length < FILE_HEADER + size) throw fail('it has no header of a BMP');
  const core = size === CORE;
  const at = (place: number): number => FILE_HEADER + place;
  const width = core ? view.getUint16(at(4), true) : view.getInt32(at(4), true);
  const rows = core ? view.getUint16(at(6), true) : view.getInt32(at(8), true);
  const bits = view.getUint16(at(core ? 10 : 14), true);
  const compression = core ? PLAIN : view.getUint32(at(16), true);
  const fields = BIT_FIELDS.includes(compression);
  if (width <= 0 || rows === 0) throw fail(`it is ${width}x${rows}`);
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw fail(`${bits} bits a pixel are not known`);
  if (compression !== PLAIN && !(fields && (bits === 16 || bits === 32))) {
    throw fail('compressed BMPs are not read; save it as PNG');
  }
  // The three masks of the oldest header stand behind it.
  const masksAt = at(INFO);
  const masks = fields && head.length >= masksAt + 12 ? [0, 4, 8].map((i) => view.getUint32(masksAt + i, true)) : usual(bits); // prettier-ignore
  if (masks.some((mask) => !isRun(mask))) throw fail('its colour masks are broken');
  const stride = Math.ceil((width * bits) / 32) * 4;
  const header = { width, height: Math.abs(rows), bits, topDown: rows < 0, offset: view.getUint32(10, true), stride };
  if (header.offset < FILE_HEADER + size || header.offset + stride * header.height > length) {
    throw fail(`it is cut short: ${header.width}x${header.height} at ${bits} bits do not fit into ${length} bytes`);
  }
  const used = core ? 0 : view.getUint32(at(32), true);
  return {
    ...header,
    masks: masks as BmpHeader['masks'],
    palette: readPalette(head, at(size), header, core ? 3 : 4, used),
  };
}

const usual = (bits: number): number[] => (bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff]);

/** Whether the bits set are one run, which every sane mask is. */
function isRun(mask: number): boolean {
  const low = mask & -mask;
  const shifted = low === 0 ? 0 : Math.floor(mask / (low >>> 0));
  return shifted > 0 && (shifted & (shifted + 1)) === 0;
}

/** Blue, green, red and perhaps a byte of padding a colour; as many as there are before the pixels. */
function readPalette(
  head: Uint8Array,
  start: number,
  { bits, offset }: { bits: number; offset: number },
  entry: number,
  used: number,
): Uint8Array {
  if (bits > 8) return new Uint8Array(0);
  const room = Math.floor((Math.min(offset, head.length) - start) / entry);
  const colours = Math.max(0, Math.min(used || 1 << bits, 1 << bits, room));
  const palette = new Uint8Array(colours * 3);
  for (let i = 0; i < colours; i++) {
    for (let c = 0; c < 3; c++) palette[i * 3 + c] = head[start + i * entry + 2 - c];
  }
  return palette;
}
