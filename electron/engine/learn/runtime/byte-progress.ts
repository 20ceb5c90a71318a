import type { OnProgress } from '../../../../shared/types.js';

const REPORT_MILLISECONDS = 250;
const MEGABYTE = 1e6;

/** A reporter of bytes as whole megabytes, several times a second at most; the end is reported once. */
export function byteProgress(onProgress: OnProgress, stage: string): (done: number, total: number) => void {
  let last = 0;
  let ended = false;
  return (done, total) => {
    const now = Date.now();
    if (ended || (done < total && now - last < REPORT_MILLISECONDS)) return;
    last = now;
    ended = done >= total;
    onProgress({ stage, done: Math.round(done / MEGABYTE), total: Math.round(total / MEGABYTE), unit: 'MB' });
  };
}
