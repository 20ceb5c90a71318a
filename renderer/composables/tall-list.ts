/** Browsers draw no element higher than some 33 million pixels; this much is safe in all of them. */
export const TALLEST = 15_000_000;

/**
 * A list of rows may be higher than an element can be: then the scroll bar's way stands for a longer one.
 * `ratio` is how much longer, 1 for lists that fit.
 */
export function tallList(contentHeight: number, viewHeight: number): { height: number; ratio: number } {
  if (contentHeight <= TALLEST) return { height: contentHeight, ratio: 1 };
  return { height: TALLEST, ratio: (contentHeight - viewHeight) / (TALLEST - viewHeight) };
}

/** Where a row is drawn inside the element, so that it stands in the view where the long list has it. */
export const drawnAt = (row: number, scrolled: number, ratio: number): number => row - scrolled * ratio + scrolled;
