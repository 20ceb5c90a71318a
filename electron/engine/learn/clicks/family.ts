import type { Framing, Size } from './frame.js';

/** A place in a photo that belongs to the thing, or does not. In pixels of the photo: pixel (3, 5) reaches from 3 to 4. */
export interface ClickPoint {
  x: number;
  y: number;
  positive: boolean;
}

/** Clicks as a decoder is told them. */
export interface DecoderCall {
  /** In pixels of the network's picture; label 1 inside, 0 outside, -1 for none. */
  points: readonly { x: number; y: number; label: number }[];
  /** Size of the photo. */
  photo: Size;
}

/** Numbers of a tensor, and its shape. */
export interface Values {
  numbers: readonly number[] | Float32Array;
  shape: readonly number[];
}

/**
 * A family of models that answer clicks: an encoder that looks at a photo once, and a decoder that draws a mask from what
 * the encoder made of it and the clicks. A new one is a file in this folder and a line in registry.ts.
 */
export interface ClickFamily {
  readonly name: string;
  /** Whether a decoder with these inputs is one of the family. */
  fits(inputs: readonly string[]): boolean;
  framing: Framing;
  /** Whether the decoder waits for a last point that says that there is no box. */
  pointForNoBox: boolean;
  /**
   * What the decoder is told, by the names of its inputs; an input that it does not have is left out. `declared` is the
   * shape that the file declares, where a length that is open is negative.
   */
  inputs: Readonly<Record<string, (call: DecoderCall, declared: readonly number[]) => Values>>;
  /** Names that its masks (logits) and their scores go by. */
  masks: readonly string[];
  scores: readonly string[];
}

const MASK_SIDE = 256;

/** No mask of before: zeros [1,1,256,256], or of the size that is declared. */
export const noMask = (_call: DecoderCall, declared: readonly number[]): Values => {
  const sides = [declared.at(-2) ?? 0, declared.at(-1) ?? 0].map((side) => (side > 0 ? side : MASK_SIDE));
  return { numbers: new Float32Array(sides[0] * sides[1]), shape: [1, 1, ...sides] };
};

export const coordinates = ({ points }: DecoderCall): Values => ({
  numbers: points.flatMap(({ x, y }) => [x, y]),
  shape: [1, points.length, 2],
});

export const labels = ({ points }: DecoderCall): Values => ({
  numbers: points.map(({ label }) => label),
  shape: [1, points.length],
});

export const photoSize = ({ photo }: DecoderCall): Values => ({ numbers: [photo.height, photo.width], shape: [2] });

export const no = (): Values => ({ numbers: [0], shape: [1] });
