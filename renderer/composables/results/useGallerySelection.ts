import { computed, ref, watch, type ComputedRef, type ShallowRef } from 'vue';
import { offered } from '../../commands/command.js';
import { resultEditTable } from '../../commands/tables/result.js';
import { useCommands } from '../useCommands.js';
import type { RankedImage } from './useRankedImages.js';

interface GallerySelection {
  /** Where the keyboard was last. */
  cursor: ComputedRef<string | null>;
  has(id: string): boolean;
  moveTo(id: string): void;
  toggle(id: string): void;
  /** Images that an action is for: the selected ones, else that where the keyboard was last. Images no longer in the project are none. */
  subject: ComputedRef<NonNullable<RankedImage['image']>[]>;
}

/**
 * The selection in the gallery of an evaluation; another order or evaluation empties it.
 *
 * @param list what tells one list from another
 */
export function useGallerySelection(images: ShallowRef<RankedImage[]>, list: () => string): GallerySelection {
  const selected = ref(new Set<string>());
  const at = ref<string | null>(null);
  watch(list, () => ([selected.value, at.value] = [new Set(), null]));

  function toggle(id: string): void {
    if (!selected.value.delete(id)) selected.value.add(id);
    at.value = id;
  }
  const wanted = (id: string): boolean => (selected.value.size > 0 ? selected.value.has(id) : id === at.value);
  useCommands(
    offered(resultEditTable, { 'result.select': { when: () => at.value !== null, run: () => toggle(at.value!) } }),
  );
  return {
    cursor: computed(() => at.value),
    has: (id) => selected.value.has(id),
    moveTo: (id) => (at.value = id),
    toggle,
    subject: computed(() => images.value.flatMap(({ image }) => (image && wanted(image.id) ? image : []))),
  };
}
