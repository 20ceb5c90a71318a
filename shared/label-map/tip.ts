/** Shapes of brush and eraser. */
export const tipShapes = ['round', 'square'] as const;
export type TipShape = (typeof tipShapes)[number];

/** Largest side of a tip, px. */
export const LARGEST_TIP = 1000;

/**
 * The pixels that a brush covers at once, row by row: row `top + k` from `lefts[k]` up to `rights[k]`, all relative to its
 * anchor pixel. Every row covers the anchor's column, so that a line of anchors leaves no gap.
 */
export interface Tip {
  size: number;
  top: number;
  lefts: Int32Array;
  rights: Int32Array;
}

/**
 * A tip `size` pixels across, whole pixels only. Of a round one, pixels whose centre is within size / 2 of the middle: of
 * the anchor pixel where the size is odd, of its upper left corner where it is even.
 */
export function tipOf(shape: TipShape, size: number): Tip {
  const top = -Math.floor(size / 2);
  const lefts = new Int32Array(size);
  const rights = new Int32Array(size);
  const shift = size % 2 === 0 ? 0.5 : 0;
  for (let k = 0; k < size; k++) {
    const dy = top + k + shift;
    const half = shape === 'square' ? size / 2 : Math.sqrt(Math.max(0, (size / 2) ** 2 - dy * dy));
    lefts[k] = Math.ceil(-half - shift);
    rights[k] = shape === 'square' ? top + size : Math.floor(half - shift) + 1;
    if (shape === 'square') lefts[k] = top;
  }
  return { size, top, lefts, rights };
}

/** The anchor pixel of a tip whose middle shall be at a place of the picture. */
export function anchorAt({ size }: Pick<Tip, 'size'>, { x, y }: { x: number; y: number }): { x: number; y: number } {
  const whole = size % 2 === 0 ? Math.round : Math.floor;
  return { x: whole(x), y: whole(y) };
}
