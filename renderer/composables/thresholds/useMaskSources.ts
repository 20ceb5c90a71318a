import { computed, ref, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue';
import type { api, AnswerOf } from '../../../shared/api/index.js';
import { maskSettings, type MaskSettings } from '../../../shared/settings/index.js';
import { fileUrl } from '../../api/pictures.js';
import type { ImageDetails } from '../useImage.js';
import type { MaskSources } from './useMaskInputs.js';

type MadeSet = AnswerOf<typeof api.sets.list>['sets'][number];

interface Asked {
  project: MaybeRefOrGetter<string>;
  image: ShallowRef<ImageDetails | null>;
  sets: ShallowRef<readonly MadeSet[]>;
  /** The map that is computed live, in the place of the stored one of its class. */
  preview: MaybeRefOrGetter<{ classIndex: number; url: string } | null>;
  /** Become those of the mask set that is chosen. */
  settings: ShallowRef<MaskSettings>;
}

/** Mask sets that can be derived anew: those of which it is known what they were made from. */
const derivable = (set: MadeSet): boolean => set.kind === 'masks' && set.parents.length > 0;

/** Which maps and saliency the mask of an image is fused from: those of a mask set, with the live map in its place. */
export function useMaskSources({ project, image, sets, preview, settings }: Asked): {
  maskSet: Ref<string | null>;
  maskSets: ComputedRef<string[]>;
  sources: ComputedRef<MaskSources | null>;
  /** Settings that the chosen set was made with. */
  own: ComputedRef<MaskSettings>;
} {
  const chosen = ref<string | null>(null);
  const known = computed(() => sets.value.filter(derivable));
  const maskSets = computed(() => known.value.map(({ name }) => name));
  const maskSet = computed({
    get: () => (chosen.value !== null && maskSets.value.includes(chosen.value) ? chosen.value : (maskSets.value[0] ?? null)),
    set: (name) => (chosen.value = name),
  }); // prettier-ignore
  const set = computed(() => known.value.find(({ name }) => name === maskSet.value));
  const nameOf = (kind: 'maps' | 'saliency'): string | undefined =>
    set.value
      ? set.value.parents.find((one) => one.kind === kind)?.name
      : sets.value.find((one) => one.kind === kind)?.name;

  const own = computed((): MaskSettings => {
    const known = Object.entries(set.value?.settings ?? {}).filter(([key]) => key in maskSettings.table);
    return { ...maskSettings.defaults(), ...Object.fromEntries(known) };
  });
  watch([maskSet, () => JSON.stringify(own.value)], () => (settings.value = own.value), { immediate: true });

  const sources = computed<MaskSources | null>(() => {
    const shown = image.value;
    if (!shown) return null;
    const [maps, saliency] = [nameOf('maps'), nameOf('saliency')];
    const key = toValue(project);
    const stored = shown.files
      .filter((file) => file.kind === 'maps' && file.name === maps && file.classIndex !== undefined)
      .map((file) => ({ classIndex: file.classIndex!, url: fileUrl(key, shown.id, file)! }));
    const live = toValue(preview);
    const others = stored.filter(({ classIndex }) => classIndex !== live?.classIndex);
    const salient = shown.files.find((file) => file.kind === 'saliency' && file.name === saliency);
    const { width, height, classes } = shown;
    return {
      width,
      height,
      classes,
      maps: live ? [...others, live] : stored,
      saliency: salient ? (fileUrl(key, shown.id, salient) ?? null) : null,
    };
  });
  return { maskSet, maskSets, sources, own };
}
