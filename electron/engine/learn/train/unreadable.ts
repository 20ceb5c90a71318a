import { errorDetails, StudioError } from '../../../../shared/errors.js';
import type { Failure, RgbImage } from '../../../../shared/types.js';
import type { TrainingImage } from './types.js';

/** Photos that may turn unreadable before the training stops: more of them is a missing drive, not a damaged file. */
const TOLERATED_COUNT = 10;
const TOLERATED_SHARE = 0.1;

type Pair = readonly [TrainingImage, TrainingImage];

/** Reads the photos of pairs and remembers those that could not be read, each once. */
export interface PhotoPairs {
  readonly failures: readonly Failure[];
  /** Pairs whose photos both could be read, with their photos. Throws what is not about one file. */
  read(pairs: readonly Pair[]): Promise<{ pair: Pair; photos: readonly [RgbImage, RgbImage] }[]>;
  /** Throws the last failure, as an error of the whole training, where too few photos are left. */
  check(): void;
}

/** @param count images that take part in the training */
export function photoPairs(readPhoto: (id: string) => Promise<RgbImage>, count: number): PhotoPairs {
  const failures = new Map<string, Failure>();

  const readOrNote = async ({ id }: TrainingImage): Promise<RgbImage | null> => {
    try {
      return await readPhoto(id);
    } catch (error) {
      const { code, message, file } = errorDetails(error);
      if (!code.startsWith('file-')) throw error;
      failures.set(id, { id, file: file ?? id, code, reason: message, action: 'left out of the training' });
      return null;
    }
  };

  return {
    get failures() {
      return [...failures.values()];
    },
    async read(pairs) {
      const photos = await Promise.all(pairs.map((pair) => Promise.all(pair.map(readOrNote))));
      return pairs.flatMap((pair, i) => {
        const [first, second] = photos[i];
        return first && second ? [{ pair, photos: [first, second] as const }] : [];
      });
    },
    check() {
      const failed = [...failures.values()];
      const tolerated = Math.min(count - 1, Math.max(TOLERATED_COUNT, TOLERATED_SHARE * count));
      if (failed.length <= tolerated) return;
      const { code, file, reason } = failed[failed.length - 1];
      throw new StudioError({
        code,
        message: `training stopped: ${failed.length} of ${count} photos cannot be read any more, the last because: ${reason}`,
        file,
        remedy: 'Check that the folder of the photos is there and whole, then resume the training (--resume).',
      });
    },
  };
}
