import { startPace, type Pace } from '../../../shared/pace.js';
import { stageKey, type OnProgress } from '../../../shared/progress.js';

/** Adds rate and time left to every report of a piece of work that counts but does not time; a new stage starts anew. */
export function paced(onProgress: OnProgress, start: (from: number) => Pace = startPace): OnProgress {
  let pace: Pace | null = null;
  let current: string | null = null;
  return (progress) => {
    const { done, total } = progress;
    const stage = stageKey(progress);
    if (pace === null || stage !== current) {
      // The first unit of a stage was begun before anyone looked at the clock.
      [pace, current] = [start(done), stage];
      onProgress(progress);
    } else onProgress({ ...progress, ...pace.tick(done, total) });
  };
}
