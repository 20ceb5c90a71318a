import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { StudioError } from '../../../../shared/errors.js';
import type { RgbImage } from '../../../../shared/types.js';
import type { SeePhoto, SeenSettings } from '../../learn/train/seen.js';
import type { FromPhotoThread, ToPhotoThread } from './messages.js';

/** The bundle puts the threads' entry beside the program; programs that are not bundled have none. */
const BUNDLED_WORKER = new URL('./photos.mjs', import.meta.url);

/** More of them only wait for the step. */
const MOST_THREADS = 4;

/** Threads that read and prepare the photos of a training while its own thread computes. */
export interface PhotoThreads {
  /** Rejects with what the decoder throws, or `internal` where a thread has died. */
  see: SeePhoto;
  /** Ends the threads; what they are at is lost. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(images: RgbImage[]): void;
  reject(error: StudioError): void;
}

const died = (reason: string): StudioError =>
  new StudioError({
    code: 'internal',
    message: `a thread that reads photos stopped unexpectedly: ${reason}`,
    remedy: 'Resume it to go on (--resume).',
  });

/** One thread. What it is asked for waits in its own queue, so that nothing has to be handed over in the middle of a step. */
class PhotoThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #dead: StudioError | null = null;

  constructor(file: URL, settings: SeenSettings) {
    this.#worker = new Worker(file, { workerData: settings });
    this.#worker.on('message', (message: FromPhotoThread) => {
      const { resolve, reject } = this.#waiting.get(message.number)!;
      this.#waiting.delete(message.number);
      if ('images' in message) resolve(message.images);
      else reject(new StudioError(message.error));
    });
    this.#worker.on('error', (error) => this.#die(died((error as Error).message)));
    this.#worker.on('exit', (code) => this.#die(died(`exit code ${code}`)));
  }

  ask(request: ToPhotoThread): Promise<RgbImage[]> {
    if (this.#dead) return Promise.reject(this.#dead);
    this.#worker.postMessage(request);
    return new Promise((resolve, reject) => this.#waiting.set(request.number, { resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #die(error: StudioError): void {
    this.#dead ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#dead);
    this.#waiting.clear();
  }
}

/**
 * Threads for one training; null where the bundle is not there. They give what the training's own thread would.
 *
 * @param pathOf the file of an image; throws where there is none
 */
export function photoThreads(
  pathOf: (id: string) => string,
  settings: SeenSettings,
  { workerFile = BUNDLED_WORKER, count = Math.min(MOST_THREADS, availableParallelism()) } = {},
): PhotoThreads | null {
  if (!existsSync(workerFile)) return null;
  const threads = Array.from({ length: count }, () => new PhotoThread(workerFile, settings));
  let number = 0;
  return {
    async see(id, purpose, withViews) {
      const path = pathOf(id);
      return threads[number % count].ask({ number: number++, path, purpose, withViews });
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
