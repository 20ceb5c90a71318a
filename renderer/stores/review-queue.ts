import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { api, type AnswerOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';

export type QueuePlace = AnswerOf<typeof api.queue.place>;
type Next = AnswerOf<typeof api.queue.next>['found'];

/** The review queue: whether the editor goes by it, by which masks, and when images were accepted. */
export const useReviewQueue = defineStore('review-queue', () => {
  const on = useLocalStorage('comask.queue', false);
  /** Mask set that a person has chosen, and the one in use: that, where the project has it. */
  const chosen = useLocalStorage('comask.queue-set', '');
  const set = ref('');
  /** Times in milliseconds at which images were accepted since the studio was opened. */
  const accepted = shallowRef<number[]>([]);
  const accept = (): void => void (accepted.value = [...accepted.value, performance.now()]);

  /** Where an image stands. Throws what the engine says against it. */
  const place = (project: string, id: string): Promise<QueuePlace> =>
    engine.call(api.queue.place, { params: { project, set: set.value }, query: { id } });

  /** The image behind another, or the first; null where there is no other. Throws what the engine says against it. */
  async function next(project: string, id?: string): Promise<Next> {
    return (await engine.call(api.queue.next, { params: { project, set: set.value }, query: { id } })).found;
  }
  return { on, chosen, set, accepted, accept, place, next };
});
