import { encode, type DecodedPng } from 'fast-png';
import { vocPalette, type Palette } from '../../../shared/palette.js';
import type { LabelMap } from '../../../shared/types.js';
import { damagedImage } from './file-errors.js';
import { decodePng, readPng } from './read-png.js';

const voc = vocPalette();

/** A label map as an indexed PNG: pixels are labels, colours only show them. `palette` has a colour for every label. */
export const encodeLabelMap = ({ width, height, data }: LabelMap, palette: Palette = voc): Uint8Array =>
  encode({ width, height, data, channels: 1, depth: 8, palette: palette.map((colour) => [...colour]) });

/** Values of 1, 2 or 4 bits, packed into bytes with every row starting anew, one a byte. */
function unpack({ width, height, depth, data }: DecodedPng): Uint8Array {
  const labels = new Uint8Array(width * height);
  const stride = Math.ceil((width * depth) / 8);
  const mask = (1 << depth) - 1;
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      labels[o++] = (data[y * stride + (bit >> 3)] >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return labels;
}

/** The indices or grey values of a decoded PNG; see decodeLabelMap. Throws `file-damaged`. */
export function labelsOfPng(png: DecodedPng, file: string): LabelMap {
  const { width, height, depth, channels, data } = png;
  if (channels !== 1 || depth === 16) {
    const found = channels === 1 ? `${depth}-bit grey` : `${channels} channels`;
    throw damagedImage(file, `a label map has one label a pixel, this has ${found}`, 'Save it as an indexed PNG.');
  }
  return { width, height, data: depth === 8 ? (data as Uint8Array) : unpack(png) };
}

/**
 * Decodes a label map from the bytes of a PNG: the indices of an indexed one, whatever its palette, or the values of a
 * grey one; of 1, 2, 4 or 8 bits. `file` names it in the error. Throws `file-damaged`, also for colours,
 * and `file-too-large`.
 */
export function decodeLabelMap(bytes: Uint8Array, file: string): LabelMap {
  return labelsOfPng(decodePng(bytes, file), file);
}

/** Reads a label map from a PNG file; see decodeLabelMap. Throws also `file-missing`, `file-unreadable`. */
export async function readLabelMap(path: string): Promise<LabelMap> {
  return labelsOfPng(await readPng(path), path);
}
