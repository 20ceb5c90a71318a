import type { LabelMap } from '../types.js';
import { shared, wholeOf, type Rect } from './rect.js';

/** What may be painted over: everything, background only, labels that are shown, or the chosen class only. */
export const paintOverModes = ['all', 'background', 'visible', 'current'] as const;
export type PaintOver = (typeof paintOverModes)[number];

/** How the labels of a map are protected. */
export interface Protection {
  over: PaintOver;
  /** Label of the chosen class, for `current`. */
  current: number;
  hidden: ReadonlySet<number>;
  /** Their pixels neither go nor come. */
  locked: ReadonlySet<number>;
  /** Nothing outside of it changes; null: of the whole map. */
  clip: Rect | null;
}

/** Protection as an edit asks for it, pixel by pixel. */
export interface Rules {
  /** Inside the map. */
  clip: Rect;
  /** 1 for labels whose pixels may get another class, or be ignored. */
  paintable: Uint8Array;
  /** 1 for labels whose pixels may become background. */
  erasable: Uint8Array;
  /** 1 for labels that may be given to pixels. */
  givable: Uint8Array;
}

const LABELS = 256;

/**
 * The rules for a map. In the mode `background` the eraser takes any label: the mode keeps classes from being painted over
 * by each other.
 */
export function rulesFor(map: LabelMap, { over, current, hidden, locked, clip }: Protection): Rules {
  const table = (allowed: (label: number) => boolean): Uint8Array =>
    Uint8Array.from({ length: LABELS }, (_, label) => Number(!locked.has(label) && allowed(label)));
  const passes: Readonly<Record<PaintOver, (label: number) => boolean>> = {
    all: () => true,
    background: (label) => label === 0,
    visible: (label) => !hidden.has(label),
    current: (label) => label === current,
  };
  return {
    clip: shared(clip ?? wholeOf(map), wholeOf(map)),
    paintable: table(passes[over]),
    erasable: table(over === 'background' ? passes.all : passes[over]),
    givable: table(() => true),
  };
}

/** Nothing is protected. */
export const free: Protection = { over: 'all', current: 0, hidden: new Set(), locked: new Set(), clip: null };
