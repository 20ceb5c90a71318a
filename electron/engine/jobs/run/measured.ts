import type { OnProgress } from '../../../../shared/progress.js';

/** What a step of a training costs, for its log. It differs from one training to the next, however equal they are. */
export interface CostFigures {
  /** First images of pairs, lately; left out until it is known. */
  imagesPerSecond?: number;
  /** Largest memory that this program has held since it started, in MiB. */
  peakMegabytes: number;
}

/** Names of the figures, for who compares logs. */
export const costKeys = ['imagesPerSecond', 'peakMegabytes'] as const satisfies (keyof CostFigures)[];

const KILOBYTES_A_MEGABYTE = 1024;

/** Largest memory that this program has held since it started, in MiB. */
export const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / KILOBYTES_A_MEGABYTE);

/** Figures of what steps cost; `onProgress` passes on what it is told. */
export function measuring(onProgress: OnProgress): { onProgress: OnProgress; figures(): CostFigures } {
  let rate: number | undefined;
  return {
    onProgress(progress) {
      rate = progress.rate;
      onProgress(progress);
    },
    figures: () => ({
      ...(rate === undefined ? {} : { imagesPerSecond: Number(rate.toPrecision(3)) }),
      peakMegabytes: peakMegabytes(),
    }),
  };
}
