import { IGNORE } from '../../shared/types.js';

/** A line of the palette of classes. */
export interface PaletteRow {
  label: number;
  /** Key that takes it up. */
  digit: string | null;
  /** Share of the pixels, 0..1; null while they are not counted. */
  share: number | null;
  /** Whether the image carries the class, or it is none. */
  own: boolean;
}

interface Asked {
  names: readonly string[];
  /** 0-based, of the image. */
  classes: readonly number[];
  /** Pixels of each label. */
  counts: readonly number[] | null;
  search: string;
}

/** Digits that stand for classes. */
const DIGITS = 9;

/** Labels that the keys 1 to 9 stand for: the image's classes, or where it has none the first of all. */
export function digitLabels(classes: readonly number[], total: number): number[] {
  const labels = classes.length > 0 ? classes : Array.from({ length: total }, (_, index) => index);
  return labels.slice(0, DIGITS).map((index) => index + 1);
}

/** The image's classes first, then the others, background and ignore last; only classes whose name has the text in it. */
export function paletteRows({ names, classes, counts, search }: Asked): PaletteRow[] {
  const digits = digitLabels(classes, names.length);
  const total = counts?.reduce((sum, count) => sum + count, 0) ?? 0;
  const row = (label: number, digit: string | null, own: boolean): PaletteRow => ({
    label,
    digit,
    share: counts && total > 0 ? counts[label] / total : null,
    own,
  });
  const digitOf = (label: number): string | null => (digits.includes(label) ? String(digits.indexOf(label) + 1) : null);
  const others = names.map((_, index) => index).filter((index) => !classes.includes(index));
  const wanted = search.trim().toLowerCase();
  const found = [...classes, ...others].filter((index) => names[index]?.toLowerCase().includes(wanted));
  return [
    ...found.map((index) => row(index + 1, digitOf(index + 1), classes.length === 0 || classes.includes(index))),
    row(0, '0', true),
    row(IGNORE, '`', true),
  ];
}
