import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { StudioError, type ErrorDetails } from '../../../shared/errors.js';
import type { RefineSettings } from '../../../shared/settings/index.js';
import type { LabelMap } from '../../../shared/types.js';
import type { RefineInputs } from '../masks/refine/refiner.js';

/** What a thread answers to an image. */
export type FromRefiner = { labels: LabelMap; error?: undefined } | { error: ErrorDetails };

/** The bundle puts the threads' entry beside the program; programs that are not bundled have none. */
const BUNDLED_WORKER = new URL('./refiner.mjs', import.meta.url);

/** Bytes that an image's lattices and marginals may take: five megapixels with three labels, or two and a half with 21. */
const A_THREAD = 2 ** 30;

/** One thread a core, as far as memory of that many bytes goes. */
export const threadsFor = (cores: number, memory: number): number =>
  Math.max(1, Math.min(cores, Math.floor(memory / A_THREAD)));

/** Threads that refine masks, one image each at a time. */
export interface RefinePool {
  threads: number;
  /** Refines one image; waits for a free thread. Rejects with what the refiner throws, or `internal` if a thread dies. */
  refine(inputs: RefineInputs): Promise<LabelMap>;
  /** Ends the threads; what they are at is lost. */
  close(): Promise<void>;
}

/** What a thread says next; rejects where it dies instead. */
async function answerOf(worker: Worker): Promise<FromRefiner> {
  const settled = new AbortController();
  const died = once(worker, 'exit', { signal: settled.signal }).then(([code]) => {
    throw new Error(`exit code ${code}`);
  });
  try {
    // `once` also rejects with the worker's error event.
    const [message] = await Promise.race([once(worker, 'message', { signal: settled.signal }), died]);
    return message as FromRefiner;
  } finally {
    died.catch(() => undefined);
    settled.abort();
  }
}

/** A pool for one batch with these settings; null where nothing is refined or the bundle is not there. */
export function refinePool(settings: RefineSettings, workerFile = BUNDLED_WORKER): RefinePool | null {
  if (settings.refine === 'none' || !existsSync(workerFile)) return null;
  const threads = threadsFor(availableParallelism(), totalmem());
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];

  const start = (): Worker => {
    const worker = new Worker(workerFile, { workerData: settings });
    all.add(worker);
    return worker;
  };
  const acquire = async (): Promise<Worker> => {
    const worker = idle.pop() ?? (all.size < threads ? start() : null);
    return worker ?? new Promise((resolve) => waiting.push(resolve));
  };
  const release = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(all.has(worker) ? worker : start());
    else if (all.has(worker)) idle.push(worker);
  };

  return {
    threads,
    async refine(inputs) {
      const worker = await acquire();
      let answer: FromRefiner;
      try {
        const coming = answerOf(worker);
        worker.postMessage(inputs);
        answer = await coming;
      } catch (cause) {
        all.delete(worker);
        const message = `the thread that refines stopped unexpectedly: ${(cause as Error).message}`;
        throw new StudioError({ code: 'internal', message }, { cause });
      } finally {
        release(worker);
      }
      if (answer.error) throw new StudioError(answer.error);
      return answer.labels;
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
