import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { CORRECTED } from '../../saving/mask-client.js';
import { useJobs } from '../../stores/jobs.js';
import { useReviewQueue, type QueuePlace } from '../../stores/review-queue.js';
import { useSets } from '../useSets.js';

interface Place {
  /** Mask sets that there can be a queue of. */
  sets: ComputedRef<string[]>;
  /** Where the image stands; null before that is known. The one before stays until then. */
  place: ShallowRef<QueuePlace | null>;
  error: ShallowRef<unknown>;
}

/** Where an image stands in the review queue, asked for again when images have changed. */
export function useQueuePlace(project: () => string, id: () => string): Place {
  const [queue, jobs, all] = [useReviewQueue(), useJobs(), useSets()];
  const [place, error] = [shallowRef<QueuePlace | null>(null), shallowRef<unknown>(null)];
  const sets = computed(() => all.value.filter(({ kind, name }) => kind === 'masks' && name !== CORRECTED).map(({ name }) => name)); // prettier-ignore
  watch(
    [sets, () => queue.chosen],
    () => (queue.set = sets.value.includes(queue.chosen) ? queue.chosen : (sets.value.at(-1) ?? '')),
    { immediate: true },
  );

  let latest = 0;
  watch(
    () => [project(), id(), queue.set, jobs.changes.images] as const,
    async ([key, wanted, set]) => {
      const mine = ++latest;
      if (!wanted || !set) return;
      try {
        const found = await queue.place(key, wanted);
        if (mine === latest) [place.value, error.value] = [found, null];
      } catch (reason) {
        if (mine === latest) [place.value, error.value] = [null, reason];
      }
    },
    { immediate: true },
  );
  return { sets, place, error };
}
