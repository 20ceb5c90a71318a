import type { Pixel } from '../../../shared/label-map/stroke.js';

/** The pixel that a place of the image is in. */
export const pixelOf = ({ x, y }: { x: number; y: number }): Pixel => ({ x: Math.floor(x), y: Math.floor(y) });
