/** A part of a list that is in view; both ends are included. */
interface InView {
  startIndex: number;
  endIndex: number;
  /** Length of the list. */
  count: number;
}

/**
 * Which indexes of a list to draw: what is in view and `ahead` on either side, always `length` of them where the list has
 * as many. So an index modulo their number names an element that is used again, never made anew, while the list is scrolled.
 */
export function steadyRange({ startIndex, endIndex, count }: InView, ahead: number, length: number): number[] {
  const drawn = Math.min(count, Math.max(length, endIndex - startIndex + 1));
  const start = Math.max(0, Math.min(startIndex - ahead, count - drawn));
  // Both ends are in view even where more fits than was expected.
  const first = Math.max(start, endIndex - drawn + 1);
  return Array.from({ length: drawn }, (_, i) => first + i);
}
