import { vocPalette, type Palette, type Rgb } from '../../../../shared/palette.js';
import { IGNORE, type LabelMap } from '../../../../shared/types.js';
import { damagedImage } from '../file-errors.js';

/** Pixels of 3 (RGB) or 4 (RGBA) bytes. */
export interface ColourImage {
  width: number;
  height: number;
  channels: number;
  data: Uint8Array;
}

/** The colour in which VOC draws the borders of objects, which are ignored. */
const BORDER = vocPalette()[IGNORE];

const codeOf = (red: number, green: number, blue: number): number => (red << 16) | (green << 8) | blue;

/** Labels by colour: the first `labels` of a palette, and VOC's border unless a label has its colour. */
function labelsByColour(palette: Palette, labels: number): Map<number, number> {
  const code = ([red, green, blue]: Rgb): number => codeOf(red, green, blue);
  const byColour = new Map([[code(BORDER), IGNORE]]);
  // Backwards, so that of two labels with one colour the first has it.
  for (let label = Math.min(labels, palette.length) - 1; label >= 0; label--) byColour.set(code(palette[label]), label);
  return byColour;
}

/**
 * Labels of a colour-coded picture, by the first of the palettes that has every colour of it. `labels` is K + 1;
 * transparency is left aside. Throws `file-damaged`, naming the first colour that the first palette lacks.
 */
export function labelsOfColours(
  image: ColourImage,
  palettes: readonly Palette[],
  labels: number,
  file: string,
): LabelMap {
  const { width, height } = image;
  let unknown = -1;
  for (const palette of palettes) {
    const data = new Uint8Array(width * height);
    const at = lookUp(image, labelsByColour(palette, labels), data);
    if (at < 0) return { width, height, data };
    if (unknown < 0) unknown = at;
  }
  const colour = image.data.subarray(unknown * image.channels, unknown * image.channels + 3).join(', ');
  const place = `${unknown % width}, ${Math.floor(unknown / width)}`;
  const why = `the colour (${colour}) at ${place} is none of the ${labels} labels'`;
  throw damagedImage(file, why, 'Save it as an indexed PNG, or write its colours as "palette" into project.json.');
}

/** Fills in the labels; the first pixel of an unknown colour, or -1. */
function lookUp({ data, channels }: ColourImage, labels: ReadonlyMap<number, number>, into: Uint8Array): number {
  let [last, label]: [number, number | undefined] = [-1, undefined];
  for (let i = 0, o = 0; o < into.length; i += channels, o++) {
    const code = codeOf(data[i], data[i + 1], data[i + 2]);
    // Neighbours mostly have one colour.
    if (code !== last) [last, label] = [code, labels.get(code)];
    if (label === undefined) return o;
    into[o] = label;
  }
  return -1;
}
