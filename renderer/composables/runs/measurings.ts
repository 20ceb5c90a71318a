import { stepOf } from './training-log.js';

/** How good a segmenter's weights were after a step, on the images that they are measured on. */
export interface Measuring {
  step: number;
  mIoU: number;
  images: number;
}

type Line = Readonly<Record<string, unknown>>;

/** A line of the log as a measuring; null for others, and for one in which nothing could be measured. */
export function measuringOf({ iteration, mIoU, images }: Line): Measuring | null {
  if (typeof iteration !== 'number' || typeof mIoU !== 'number') return null;
  return { step: iteration, mIoU, images: typeof images === 'number' ? images : 0 };
}

/** Measurings with those of later lines. What a training does again after a checkpoint takes the place of the earlier. */
export function withMeasurings(known: readonly Measuring[], lines: readonly Line[]): Measuring[] {
  const again = lines.flatMap((line) => stepOf(line)?.step ?? [])[0] ?? Number.POSITIVE_INFINITY;
  const all = new Map(known.filter(({ step }) => step < again).map((one) => [one.step, one]));
  for (const line of lines) {
    const more = measuringOf(line);
    if (more) all.set(more.step, more);
  }
  return [...all.values()].sort((a, b) => a.step - b.step);
}

/** The best; of equal ones the first, whose weights were kept. Undefined of none. */
export const bestMeasuring = (all: readonly Measuring[]): Measuring | undefined =>
  all.reduce<Measuring | undefined>((best, one) => (best && best.mIoU >= one.mIoU ? best : one), undefined);
