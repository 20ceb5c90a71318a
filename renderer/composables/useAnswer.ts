import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';

export interface Answer<T> {
  value: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  /** Asks once more. */
  again(): void;
}

/**
 * What the engine answers to a question, asked anew when it changes; the answer before stays until the new one is there, and
 * one that comes too late is dropped. Null asks nothing.
 *
 * @param question what it depends on, as a text or number to compare
 */
export function useAnswer<T>(question: MaybeRefOrGetter<string | number | null>, ask: () => Promise<T>): Answer<T> {
  const value = shallowRef<T | null>(null) as ShallowRef<T | null>;
  const error = shallowRef<unknown>(null);
  let latest = 0;
  async function again(): Promise<void> {
    const mine = ++latest;
    if (toValue(question) === null) {
      [value.value, error.value] = [null, null];
      return;
    }
    try {
      const found = await ask();
      if (mine === latest) [value.value, error.value] = [found, null];
    } catch (reason) {
      if (mine === latest) [value.value, error.value] = [null, reason];
    }
  }
  watch(() => toValue(question), again, { immediate: true });
  return { value, error, again: () => void again() };
}
