import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

/**
 * Images that are selected, by their places in the list under the filter: another filter empties it. "All" is kept as
 * such, with exceptions, so that a million costs nothing.
 */
export const useSelection = defineStore('selection', () => {
  const total = ref(0);
  const all = ref(false);
  /** What is selected, or under `all` what is not. */
  const places = ref(new Set<number>());
  /** Where the keyboard is, and where a range begins. */
  const cursor = ref(0);
  const anchor = ref(0);

  const count = computed(() => (all.value ? total.value - places.value.size : places.value.size));
  const has = (place: number): boolean => places.value.has(place) !== all.value;

  function clear(): void {
    all.value = false;
    places.value = new Set();
  }

  /** Begins anew for a list of that length. */
  function reset(length: number): void {
    clear();
    total.value = length;
    cursor.value = 0;
    anchor.value = 0;
  }

  /** The list has become longer or shorter: places mean other images, but the keyboard stays about where it is. */
  function resize(length: number): void {
    if (length === total.value) return;
    clear();
    total.value = length;
    moveTo(Math.max(0, Math.min(cursor.value, length - 1)));
  }

  function selectAll(): void {
    all.value = true;
    places.value = new Set();
  }

  function toggle(place: number): void {
    if (!places.value.delete(place)) places.value.add(place);
    cursor.value = place;
    anchor.value = place;
  }

  /** The place alone. */
  function only(place: number): void {
    all.value = false;
    places.value = new Set([place]);
    cursor.value = place;
    anchor.value = place;
  }

  /** Everything from the anchor to here. */
  function extendTo(place: number): void {
    const [first, last] = [Math.min(anchor.value, place), Math.max(anchor.value, place)];
    all.value = false;
    places.value = new Set(Array.from({ length: last - first + 1 }, (_, i) => first + i));
    cursor.value = place;
  }

  /** Moves the keyboard's place without selecting anything. */
  function moveTo(place: number): void {
    cursor.value = place;
    anchor.value = place;
  }

  return {
    total,
    all,
    places,
    cursor,
    anchor,
    count,
    has,
    clear,
    reset,
    resize,
    selectAll,
    toggle,
    only,
    extendTo,
    moveTo,
  };
});
