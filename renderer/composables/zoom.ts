/** How a picture lies in its stage: CSS pixels a picture's pixel, and where its corner is. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

/** CSS pixels a pixel, at most. */
export const CLOSEST = 64;
/** Room around a picture that fits. */
const MARGIN = 16;

/** The whole picture in the middle of the stage; small ones are not made larger than four times. */
export function fitted(picture: Size, stage: Size): View {
  const room = (side: 'width' | 'height') => Math.max(1, stage[side] - 2 * MARGIN) / picture[side];
  return centred(picture, stage, Math.min(room('width'), room('height'), 4));
}

/** In the middle of the stage at that scale. */
export const centred = (picture: Size, stage: Size, scale: number): View => ({
  scale,
  x: (stage.width - picture.width * scale) / 2,
  y: (stage.height - picture.height * scale) / 2,
});

/** A box of a picture, in its pixels. */
export interface Box extends Size {
  left: number;
  top: number;
}

/** Share of the stage that a box takes which is brought into view. */
const FRAMED = 0.5;
/** A small box is not brought closer than this, so that its surroundings are still known. */
const FRAMED_CLOSEST = 12;

/** A box in the middle of the stage, with its surroundings. */
export function framed(box: Box, stage: Size): View {
  const room = (side: 'width' | 'height'): number => (Math.max(1, stage[side]) * FRAMED) / Math.max(1, box[side]);
  const scale = Math.min(room('width'), room('height'), FRAMED_CLOSEST);
  return {
    scale,
    x: stage.width / 2 - (box.left + box.width / 2) * scale,
    y: stage.height / 2 - (box.top + box.height / 2) * scale,
  };
}

/** A place of the picture in the middle of the stage, at the same scale. */
export const movedTo = ({ scale }: View, place: { x: number; y: number }, stage: Size): View => ({
  scale,
  x: stage.width / 2 - place.x * scale,
  y: stage.height / 2 - place.y * scale,
});

/** What of a picture is in view, in its pixels; a side is 0 where none of it is. */
export function seenOf(view: View, stage: Size, picture: Size): Box {
  const along = (offset: number, room: number, length: number): [number, number] => {
    const start = Math.min(length, Math.max(0, -offset / view.scale));
    return [start, Math.max(start, Math.min(length, (room - offset) / view.scale)) - start];
  };
  const [left, width] = along(view.x, stage.width, picture.width);
  const [top, height] = along(view.y, stage.height, picture.height);
  return { left, top, width, height };
}

/** Whether all of a picture is in view. */
export function isWhole(view: View, stage: Size, picture: Size): boolean {
  const { width, height } = seenOf(view, stage, picture);
  return width >= picture.width && height >= picture.height;
}

/** Closer by `factor`; the pixel under the pointer stays under it. */
export function zoomedAt(view: View, factor: number, pointer: { x: number; y: number }, widest: number): View {
  const scale = Math.min(CLOSEST, Math.max(widest, view.scale * factor));
  const grown = scale / view.scale;
  return { scale, x: pointer.x - (pointer.x - view.x) * grown, y: pointer.y - (pointer.y - view.y) * grown };
}

/** The pixel under a place of the stage; null beside the picture. */
export function pixelAt(view: View, place: { x: number; y: number }, picture: Size): { x: number; y: number } | null {
  const [x, y] = [Math.floor((place.x - view.x) / view.scale), Math.floor((place.y - view.y) / view.scale)];
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : null;
}
