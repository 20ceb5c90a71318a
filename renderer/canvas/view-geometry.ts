import type { Rect } from '../../shared/label-map/rect.js';
import type { View } from '../composables/zoom.js';

/** The same view in device pixels. */
export const inDevicePixels = ({ scale, x, y }: View, ratio: number): View => ({
  scale: scale * ratio,
  x: x * ratio,
  y: y * ratio,
});

/** The place of the image under a place of the screen. */
export const toImage = (view: View, { x, y }: { x: number; y: number }): { x: number; y: number } => ({
  x: (x - view.x) / view.scale,
  y: (y - view.y) / view.scale,
});

/** The whole screen pixels that show a rectangle of the image, and one around them, where outlines change too. */
export const toScreen = (view: View, { left, top, right, bottom }: Rect): Rect => ({
  left: Math.floor(left * view.scale + view.x) - 1,
  top: Math.floor(top * view.scale + view.y) - 1,
  right: Math.ceil(right * view.scale + view.x) + 1,
  bottom: Math.ceil(bottom * view.scale + view.y) + 1,
});
