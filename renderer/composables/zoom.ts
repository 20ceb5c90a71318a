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
