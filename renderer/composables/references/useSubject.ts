import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useImages } from '../../stores/images.js';
import { queryOf, type ImageFilter } from '../image-filter.js';
import { useImageFilter } from '../useImageFilter.js';

export interface Subject {
  id: ComputedRef<string>;
  at: ComputedRef<number>;
  total: ComputedRef<number | null>;
  filter: ComputedRef<ImageFilter>;
  go(steps: number): Promise<void>;
  /** Shows a class; with `first` also the first image that carries it, else the image stays. */
  showClass(classIndex: number, first?: boolean): void;
}

/** The image in view, by its place among those of the filter, and the class. The address holds both. */
export function useSubject(
  shown: MaybeRefOrGetter<{ project: string; id: string; at: number; classIndex: number }>,
): Subject {
  const [images, route, router] = [useImages(), useRoute(), useRouter()];
  const { filter } = useImageFilter();
  const at = computed(() => toValue(shown).at);
  // Without a name in the address it is the image of that place.
  const id = computed(() => toValue(shown).id || (images.at(at.value)?.id ?? ''));
  const address = (own: Record<string, unknown>, of = filter.value) => ({ query: { ...queryOf(of), class: String(toValue(shown).classIndex), ...own } }); // prettier-ignore

  watch([() => toValue(shown).project, filter] as const, ([key, wanted]) => void images.show(key, wanted), { immediate: true }); // prettier-ignore

  function showClass(classIndex: number, first = true): void {
    const of: ImageFilter = { ...filter.value, classes: [classIndex], match: 'any' };
    const own = { class: String(classIndex) };
    void router.replace(first ? address({ ...own, at: '0' }, of) : address({ ...own, id: id.value, at: String(at.value) })); // prettier-ignore
  }
  // Whoever comes without a class looks at one of the image's own.
  watch(
    () => (route.query.class === undefined ? images.at(at.value)?.classes[0] : undefined),
    (own) => own !== undefined && showClass(own, false),
    { immediate: true },
  );

  return {
    id,
    at,
    filter,
    total: computed(() => images.total),
    async go(steps) {
      const place = at.value + steps;
      if (place < 0 || place >= (images.total ?? 0)) return;
      await images.need(Math.max(0, place - 1), Math.min((images.total ?? 1) - 1, place + 1));
      const next = images.at(place);
      if (next) await router.replace(address({ id: next.id, at: String(place) }));
    },
    showClass,
  };
}
