import { errorDetails, StudioError } from '../../../../shared/errors.js';
import { forEachInFlight } from '../../../../shared/in-flight.js';
import type { SegmentSettings } from '../../../../shared/settings/index.js';
import { IGNORE, type Failure } from '../../../../shared/types.js';
import type { Colours } from '../../images/index.js';
import { random, shuffled } from '../random.js';
import { failureTally } from '../train/unreadable.js';
import { augmented, type Sample } from './samples.js';

/** Images to learn from, and how to read one. */
export interface SampleSource {
  ids: readonly string[];
  /** Throws what cannot be used: `file-…`, `size-mismatch`, `label-unknown`. */
  read(id: string): Promise<Sample>;
}

/** Photos that are decoded at a time: each may hold 50 MB before it is cut. */
const IN_FLIGHT = 2;

/** Codes of trouble with one image. */
const ofOneImage = (code: string): boolean => code.startsWith('file-') || /^(size-mismatch|label-unknown)$/.test(code);

/** The batches of a training, each the same whenever it is asked for. */
export interface Batches {
  /** Images that could not be used. */
  readonly failures: readonly Failure[];
  /** The samples of a step, counted from 0; fewer where some cannot be used. Throws what is not about one image. */
  read(step: number): Promise<Sample[]>;
  /** Throws where too few images are left, or none with a pixel to learn. */
  check(): void;
}

/**
 * Batches of samples. Every image comes once before one comes again, in an order of its own each time; no generator's state
 * needs to be kept, since step and place name the stream of each random choice.
 */
export function batches(source: SampleSource, settings: SegmentSettings, colours: Colours): Batches {
  const { ids } = source;
  const { seed, batchSize } = settings;
  const tally = failureTally(ids.length, 'images');
  /** Images whose masks hold nothing but 255. */
  const undecided = new Set<string>();
  let drawn: { round: number; order: number[] } | undefined;

  const idAt = (place: number): string => {
    const round = Math.floor(place / ids.length);
    if (drawn?.round !== round) {
      drawn = { round, order: shuffled([...ids.keys()], random(seed, 'order', round)) };
    }
    return ids[drawn.order[place % ids.length]];
  };

  const sampleAt = async (id: string, step: number, slot: number): Promise<Sample | null> => {
    try {
      const sample = await source.read(id);
      if (sample.labels.data.every((label) => label === IGNORE)) {
        undecided.add(id);
        return null;
      }
      return augmented(sample, settings, colours, random(seed, 'augment', step, slot));
    } catch (error) {
      if (!ofOneImage(errorDetails(error).code)) throw error;
      tally.note(id, error);
      return null;
    }
  };

  return {
    get failures() {
      return tally.failures;
    },
    async read(step) {
      const slots = Array.from({ length: batchSize }, (_, slot) => ({ slot, id: idAt(step * batchSize + slot) }));
      const samples: (Sample | null)[] = new Array(batchSize).fill(null);
      await forEachInFlight(slots, IN_FLIGHT, async ({ slot, id }) => {
        samples[slot] = await sampleAt(id, step, slot);
      });
      return samples.filter((sample) => sample !== null);
    },
    check() {
      if (undecided.size > 0 && undecided.size + tally.failures.length >= ids.length) {
        throw new StudioError({
          code: 'label-missing',
          message: `no mask has a pixel to learn from: ${undecided.size} of ${ids.length} are 255 throughout`,
          remedy: 'Choose another mask set, or make it with settings that decide more pixels (docs/method.md).',
        });
      }
      tally.check();
    },
  };
}
