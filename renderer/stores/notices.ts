import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** Milliseconds that a word about something that was done stays. */
const STAY = 4000;
/** The same where it offers something: there must be time to reach it. */
const STAY_WITH_ACTION = 8000;

/** Something that a word offers, such as taking it back. */
export interface NoticeAction {
  label: string;
  run(): void;
}

/** A short word about the result of what the person just did. Errors stay until they are closed. */
export const useNotices = defineStore('notices', () => {
  const text = shallowRef<string | null>(null);
  const action = shallowRef<NoticeAction | null>(null);
  const error = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(words: string, offered: NoticeAction | null = null): void {
    clearTimeout(timer);
    [text.value, action.value] = [words, offered];
    timer = setTimeout(() => (text.value = null), offered ? STAY_WITH_ACTION : STAY);
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

  return { text, action, error, say, attempt };
});
