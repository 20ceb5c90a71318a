import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { filterOf, narrows, queryOf, type ImageFilter } from './image-filter.js';

interface FilterInAddress {
  filter: ComputedRef<ImageFilter>;
  /** Whether the filter leaves anything out. */
  narrowed: ComputedRef<boolean>;
  /** Changes some fields; undefined takes one away. */
  change(fields: Partial<ImageFilter>): void;
  /** Puts another filter in the place of this one, e.g. a saved view's. */
  show(filter: ImageFilter): void;
  /** Shows everything again, sorted as it is. */
  clear(): void;
}

/** The filter of the images. The page's address holds it: a link or a bookmark is a saved view. */
export function useImageFilter(): FilterInAddress {
  const route = useRoute();
  const router = useRouter();
  const text = computed(() => JSON.stringify(filterOf(route.query)));
  // Other changes of the address leave the filter the same object.
  const filter = computed(() => JSON.parse(text.value) as ImageFilter);
  const change = (fields: Partial<ImageFilter>): void =>
    void router.replace({ query: queryOf({ ...filter.value, ...fields }) });
  const show = (wanted: ImageFilter): void => void router.replace({ query: queryOf(wanted) });
  const clear = (): void => {
    const { sort, order } = filter.value;
    void router.replace({ query: queryOf({ ...filterOf({}), sort, order }) });
  };
  return { filter, narrowed: computed(() => narrows(filter.value)), change, show, clear };
}
