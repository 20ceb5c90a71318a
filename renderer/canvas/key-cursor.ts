import { seenOf, type View } from '../composables/zoom.js';

/** A pixel of the image; those one beside it count too, so that an outline can be drawn around the last ones. */
export interface CursorPixel {
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

export const arrowKeys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;
export type ArrowKey = (typeof arrowKeys)[number];

const ways: Readonly<Record<ArrowKey, CursorPixel>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

/** CSS pixels that stay between the cursor and the edge of the stage, unless the stage is small. */
const MARGIN = 32;

/** In the middle of what is in view of the picture. */
export function cursorStart(view: View, stage: Size, picture: Size): CursorPixel {
  const { left, top, width, height } = seenOf(view, stage, picture);
  const within = (place: number, length: number): number => Math.min(length - 1, Math.floor(place));
  return { x: within(left + width / 2, picture.width), y: within(top + height / 2, picture.height) };
}

/** So many pixels on, at most one beyond the edge of the picture. */
export function cursorMoved({ x, y }: CursorPixel, key: ArrowKey, pixels: number, picture: Size): CursorPixel {
  const within = (place: number, length: number): number => Math.min(length, Math.max(-1, place));
  const way = ways[key];
  return { x: within(x + way.x * pixels, picture.width), y: within(y + way.y * pixels, picture.height) };
}

/** The middle of the pixel, in image coordinates: what a pointer there would say. */
export const cursorPlace = ({ x, y }: CursorPixel): { x: number; y: number } => ({ x: x + 0.5, y: y + 0.5 });

/** CSS pixels by which the picture is to be moved so that the cursor is in view; 0 where it is. */
export function panToCursor(view: View, stage: Size, at: CursorPixel): { dx: number; dy: number } {
  const { x, y } = cursorPlace(at);
  const along = (place: number, room: number): number => {
    const margin = Math.min(MARGIN, room / 4);
    // Never a negative zero, which is equal to none but not the same.
    return Math.min(room - margin, Math.max(margin, place)) - place || 0;
  };
  return { dx: along(x * view.scale + view.x, stage.width), dy: along(y * view.scale + view.y, stage.height) };
}
