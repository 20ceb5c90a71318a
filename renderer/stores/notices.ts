import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** Milliseconds that a word about something that was done stays. */
const STAY = 4000;

/** A short word about the result of what the person just did. Errors stay until they are closed. */
export const useNotices = defineStore('notices', () => {
  const text = shallowRef<string | null>(null);
  const error = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(words: string): void {
    clearTimeout(timer);
    text.value = words;
    timer = setTimeout(() => (text.value = null), STAY);
  }

  /** Does something and shows what goes wrong. Returns whether it went well. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      error.value = reason;
      return false;
    }
  }

  return { text, error, say, attempt };
});
