import { startPace } from '../../../../shared/pace.js';
import type { OnProgress, Progress } from '../../../../shared/progress.js';

const REPORT_MILLISECONDS = 250;
const MEGABYTE = 1e6;

/**
 * A reporter of bytes as whole megabytes with their pace, several times a second at most; the end is reported once.
 *
 * @param doing downloading or unpacking, and what
 * @param from bytes that were there before
 */
export function byteProgress(
  onProgress: OnProgress,
  doing: Pick<Progress, 'stage' | 'part'>,
  from = 0,
): (done: number, total: number) => void {
  const pace = startPace(from / MEGABYTE);
  let last = 0;
  let ended = false;
  return (done, total) => {
    const now = Date.now();
    if (ended || (done < total && now - last < REPORT_MILLISECONDS)) return;
    last = now;
    ended = done >= total;
    const [megabytes, all] = [done / MEGABYTE, total / MEGABYTE];
    onProgress({
      ...doing,
      done: Math.round(megabytes),
      total: Math.round(all),
      unit: 'MB',
      ...pace.tick(megabytes, all),
    });
  };
}
