/** A rectangle of pixels; `right` and `bottom` are the first column and row that are no more in it. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Of a whole picture. */
export const wholeOf = ({ width, height }: { width: number; height: number }): Rect => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

export const isEmpty = ({ left, top, right, bottom }: Rect): boolean => left >= right || top >= bottom;

/** What two rectangles share; may be empty. */
export const shared = (a: Rect, b: Rect): Rect => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

/** The smallest rectangle around both. */
export function around(a: Rect | null, b: Rect | null): Rect | null {
  if (!a || !b) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** Whole pixels between two corners given in any order, both corners' pixels included. */
export const between = (a: { x: number; y: number }, b: { x: number; y: number }): Rect => ({
  left: Math.floor(Math.min(a.x, b.x)),
  top: Math.floor(Math.min(a.y, b.y)),
  right: Math.floor(Math.max(a.x, b.x)) + 1,
  bottom: Math.floor(Math.max(a.y, b.y)) + 1,
});

export const contains = ({ left, top, right, bottom }: Rect, { x, y }: { x: number; y: number }): boolean =>
  x >= left && x < right && y >= top && y < bottom;
