import { checkRle, damagedShape, pixelsOf, type Rle } from './rle.js';

/**
 * The text form of run lengths, as pycocotools writes it under `counts`. A character holds 6 bits (code 48 + bits): 5 of
 * a number, lowest first, and above them whether more follow; the highest bit of a number's last 5 is its sign. From the
 * fourth run on, a number is the difference from the run two before.
 */
const FIRST_CODE = 48;
const MORE = 32;
const SIGN = 16;
/** 7 * 5 bits are more than the difference of two runs of any mask has. */
const MAX_CHARACTERS = 7;

/** Run lengths as text. */
export function rleToText({ counts }: Rle): string {
  const codes: number[] = [];
  counts.forEach((count, run) => {
    let rest = run > 2 ? count - counts[run - 2] : count;
    for (let more = true; more;) {
      const bits = rest & 31;
      rest >>= 5;
      more = rest !== (bits & SIGN ? -1 : 0);
      codes.push(FIRST_CODE + bits + (more ? MORE : 0));
    }
  });
  // A spread of all codes at once would overflow the stack.
  return Buffer.from(codes).toString('latin1');
}

/** Run lengths from text, checked against the size. Throws `file-damaged`. */
export function rleFromText(text: string, width: number, height: number): Rle {
  const pixels = pixelsOf({ width, height });
  // A mask has no more runs than pixels, beside an empty first one.
  const counts: number[] = [];
  for (let at = 0; at < text.length;) {
    const { value, next } = numberAt(text, at);
    const run = counts.length;
    counts.push(run > 2 ? value + counts[run - 2] : value);
    if (run > pixels) throw damagedShape(`there are more runs than the ${pixels} pixels of ${width}x${height}`);
    at = next;
  }
  return checkRle({ width, height, counts });
}

function numberAt(text: string, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, unit = 1; at < start + MAX_CHARACTERS; at++, unit *= 32) {
    const bits = text.charCodeAt(at) - FIRST_CODE;
    // NaN, where the text ends inside a number, is not in the range either.
    if (!(bits >= 0 && bits < 64))
      throw damagedShape('the text of the run lengths is cut off or holds other characters');
    value += (bits & 31) * unit;
    if (bits < MORE) return { value: bits & SIGN ? value - 32 * unit : value, next: at + 1 };
  }
  throw damagedShape('a run length is too long a number');
}
