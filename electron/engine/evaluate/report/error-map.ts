import type { Rgb } from '../../../../shared/palette.js';
import { IGNORE, type ByteImage, type LabelMap } from '../../../../shared/types.js';

/** What a mask has done at a pixel. */
export const outcomes = ['background', 'object', 'missed', 'invented', 'confused', 'ignored'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * Colours of the mistakes, told apart with any colour vision (Okabe and Ito, "Color Universal Design", 2008); each has a
 * texture as well.
 */
export const outcomeColours: Record<Exclude<Outcome, 'background' | 'object'>, Rgb> = {
  invented: [0xd5, 0x5e, 0x00],
  missed: [0x00, 0x72, 0xb2],
  confused: [0xcc, 0x79, 0xa7],
  ignored: [0x80, 0x80, 0x80],
};

function outcomeOf(truth: number, mask: number): Outcome {
  if (truth === IGNORE) return 'ignored';
  const given = mask === IGNORE ? 0 : mask;
  if (given === truth) return truth === 0 ? 'background' : 'object';
  if (given === 0) return 'missed';
  return truth === 0 ? 'invented' : 'confused';
}

/** uint8 [height, width]: the place in `outcomes` of what happened at each pixel; undecided counts as background. */
export function outcomeMap(truth: LabelMap, mask: LabelMap): ByteImage {
  const data = truth.data.map((label, at) => outcomes.indexOf(outcomeOf(label, mask.data[at])));
  return { width: truth.width, height: truth.height, data };
}

/** Whether a pixel carries the mark of its texture: stripes, dots, bars or a lattice, 4 px apart. */
const textured: Record<keyof typeof outcomeColours, (x: number, y: number) => boolean> = {
  invented: (x, y) => (x + y) % 4 === 0,
  missed: (x, y) => x % 4 < 2 && y % 4 < 2,
  confused: (x) => x % 4 < 2,
  ignored: (x, y) => (x + y) % 4 === 0 || (x - y + 4096) % 4 === 0,
};

/** How much of its brightness the photo keeps where the mask is right, so that mistakes stand out. */
const BRIGHTNESS = { background: 0.35, object: 0.85 } as const;
/** Share of white in the mark of a texture. */
const MARK = 0.35;

/**
 * RGB bytes [height, width, 3] of a picture of the mistakes over the grey photo. `outcome` and `grey` have the size of
 * the picture; textures are in its pixels.
 */
export function paintOutcomes(outcome: ByteImage, grey: Uint8Array): Uint8Array {
  const { width, data } = outcome;
  const picture = new Uint8Array(data.length * 3);
  for (let i = 0; i < data.length; i++) {
    const what = outcomes[data[i]];
    if (what === 'background' || what === 'object') {
      picture.fill(Math.round(grey[i] * BRIGHTNESS[what]), i * 3, i * 3 + 3);
      continue;
    }
    const share = textured[what](i % width, Math.floor(i / width)) ? MARK : 0;
    outcomeColours[what].forEach((value, at) => (picture[i * 3 + at] = Math.round(value + (255 - value) * share)));
  }
  return picture;
}
