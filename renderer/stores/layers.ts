import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';

/** Steps of a layer's opacity, by keys. */
const STEP = 0.1;

export interface LayerState {
  shown: boolean;
  opacity: number;
}

/** Which layers lie over the photo, and how strongly: the same from image to image. Layers are known by a key. */
export const useLayers = defineStore('layers', () => {
  const states = reactive(new Map<string, LayerState>());
  /** All of them are out of sight for a moment. */
  const peeking = ref(false);
  const current = ref<string | null>(null);

  /** State of a layer. Few are shown at first: only the one that is asked for as `first`. */
  function stateOf(key: string, first = false): LayerState {
    const known = states.get(key);
    if (known) return known;
    states.set(key, { shown: first, opacity: 0.6 });
    if (first) current.value = key;
    return states.get(key)!;
  }

  function toggle(key: string): void {
    const state = stateOf(key);
    state.shown = !state.shown;
    if (state.shown) current.value = key;
  }

  /** Shows the layer after the current one alone, and none after the last. */
  function cycle(keys: readonly string[]): void {
    const next = keys[current.value === null ? 0 : keys.indexOf(current.value) + 1] ?? null;
    keys.forEach((key) => (stateOf(key).shown = key === next));
    current.value = next;
  }

  /** Makes the shown layers stronger or weaker. */
  function fade(steps: number): void {
    for (const state of states.values()) {
      if (state.shown) state.opacity = Math.min(1, Math.max(0, Math.round((state.opacity + steps * STEP) * 10) / 10));
    }
  }

  return { states, peeking, current: computed(() => current.value), stateOf, toggle, cycle, fade };
});
