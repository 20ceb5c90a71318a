import { vocPalette } from '../../shared/palette.js';
import { colourMaps, type ColourMapName } from './colour-maps.js';

/** What the pixels of a layer mean. */
export type LayerKind = 'labels' | 'heat' | 'outcome';

const [ignoreRed, ignoreGreen, ignoreBlue] = vocPalette()[255];
/** Width of the hatch's stripes over ignored pixels. */
const STRIPE = 3;

/**
 * Makes a drawn label map a layer to lie over its photo, in place: background, which is black, becomes clear, and pixels to
 * ignore become stripes, for their colour alone would not tell.
 *
 * @param pixels uint8 RGBA, row-major
 */
export function overlayLabels(pixels: Uint8ClampedArray, width: number): void {
  for (let at = 0, i = 0; at < pixels.length; at += 4, i++) {
    const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    const ignored = red === ignoreRed && green === ignoreGreen && blue === ignoreBlue;
    const gap = ignored && ((i % width) + Math.floor(i / width)) % (2 * STRIPE) >= STRIPE;
    if (gap || red + green + blue === 0) pixels[at + 3] = 0;
  }
}

/** Colours a grey map, in place: the lower, the clearer. */
export function overlayHeat(pixels: Uint8ClampedArray, name: ColourMapName = 'viridis'): void {
  const colours = colourMaps[name];
  for (let at = 0; at < pixels.length; at += 4) {
    const value = pixels[at];
    pixels.set(colours[value], at);
    pixels[at + 3] = Math.min(255, value * 2);
  }
}
