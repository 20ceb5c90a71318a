import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { FusionInputs } from '../../../shared/fusion/rule.js';
import { maskSettings, type MaskSettings } from '../../../shared/settings/index.js';
import type { LabelMap } from '../../../shared/types.js';
import type { ImageDetails } from '../useImage.js';
import { useSets } from '../useSets.js';
import { useLiveMask } from './useLiveMask.js';
import { useMaskInputs } from './useMaskInputs.js';
import { useMaskSources } from './useMaskSources.js';

interface Asked {
  project(): string;
  image: ShallowRef<ImageDetails | null>;
  /** Whether it is needed: nothing is read before. */
  wanted(): boolean;
  /** Set of masks that the image was begun with; its settings are the first. */
  begun(): string | null;
}

export interface Derivation {
  /** Mask set whose maps, saliency and settings are used, and those to choose from. */
  maskSet: Ref<string | null>;
  maskSets: ComputedRef<string[]>;
  /** Thresholds in hand, and whether they are others than the set's. */
  settings: ShallowRef<MaskSettings>;
  changed: ComputedRef<boolean>;
  reset(): void;
  inputs: ShallowRef<FusionInputs | null>;
  error: ShallowRef<unknown>;
  /** What they give; null before it is there, and where there is nothing to derive it from. */
  mask: ComputedRef<LabelMap | null>;
}

/** What maps and saliency of the image in hand give at thresholds that a person moves. */
export function useDerivation({ project, image, wanted, begun }: Asked): Derivation {
  const sets = useSets();
  const settings = shallowRef<MaskSettings>(maskSettings.defaults());
  const { maskSet, maskSets, sources, own } = useMaskSources({ project, image, sets, preview: null, settings });
  const { inputs, error } = useMaskInputs(() => (wanted() ? sources.value : null));
  const live = useLiveMask(inputs, () => (inputs.value ? settings.value : null));
  watch([begun, maskSets], ([name, known]) => {
    if (name !== null && known.includes(name)) maskSet.value = name;
  }, { immediate: true }); // prettier-ignore
  const fits = ({ width, height }: LabelMap): boolean => width === image.value?.width && height === image.value.height;
  return {
    maskSet,
    maskSets,
    settings,
    changed: computed(() => JSON.stringify(settings.value) !== JSON.stringify(own.value)),
    reset: () => void (settings.value = own.value),
    inputs,
    error,
    mask: computed(() => (live.value && fits(live.value) ? live.value : null)),
  };
}
