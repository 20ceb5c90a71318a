import type { Rgb } from './palette.js';

/** What a mask has done at a pixel; the place in the list is what pictures of it hold. */
export const outcomes = ['background', 'object', 'missed', 'invented', 'confused', 'ignored'] as const;
export type Outcome = (typeof outcomes)[number];
export type Mistake = Exclude<Outcome, 'background' | 'object'>;

/**
 * Colours of the mistakes, told apart with any colour vision (Okabe and Ito, "Color Universal Design", 2008); each has a
 * texture as well.
 */
export const outcomeColours: Record<Mistake, Rgb> = {
  invented: [0xd5, 0x5e, 0x00],
  missed: [0x00, 0x72, 0xb2],
  confused: [0xcc, 0x79, 0xa7],
  ignored: [0x80, 0x80, 0x80],
};

/** Whether a place carries the mark of a mistake's texture, which repeats every 4: stripes, dots, bars or a lattice. */
export const outcomeTextures: Record<Mistake, (x: number, y: number) => boolean> = {
  invented: (x, y) => (x + y) % 4 === 0,
  missed: (x, y) => x % 4 < 2 && y % 4 < 2,
  confused: (x) => x % 4 < 2,
  ignored: (x, y) => (x + y) % 4 === 0 || (((x - y) % 4) + 4) % 4 === 0,
};
