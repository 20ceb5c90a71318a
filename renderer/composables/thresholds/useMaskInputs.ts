import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { FusionInputs } from '../../../shared/fusion/rule.js';
import { readGreyPicture } from '../../pictures/read-grey.js';

/** Pictures of an image that its mask is fused from. */
export interface MaskSources {
  width: number;
  height: number;
  classes: readonly number[];
  maps: readonly { classIndex: number; url: string }[];
  saliency: string | null;
}

/** Maps and saliency of an image as bytes, loaded anew when their addresses change; those before stay until then. */
export function useMaskInputs(sources: MaybeRefOrGetter<MaskSources | null>): {
  inputs: ShallowRef<FusionInputs | null>;
  error: ShallowRef<unknown>;
} {
  const inputs = shallowRef<FusionInputs | null>(null);
  const error = shallowRef<unknown>(null);
  let work = new AbortController();
  watch(
    () => JSON.stringify(toValue(sources)),
    async () => {
      work.abort();
      const wanted = toValue(sources);
      if (!wanted || (wanted.maps.length === 0 && wanted.saliency === null)) return void (inputs.value = null);
      const { signal } = (work = new AbortController());
      try {
        const [saliency, ...maps] = await Promise.all([
          wanted.saliency === null ? null : readGreyPicture(wanted.saliency, signal),
          ...wanted.maps.map(({ url }) => readGreyPicture(url, signal)),
        ]);
        if (signal.aborted) return;
        const { width, height, classes } = wanted;
        const named = wanted.maps.map(({ classIndex }, i) => ({ classIndex, map: maps[i]! }));
        [inputs.value, error.value] = [{ width, height, classes, maps: named, saliency }, null];
      } catch (reason) {
        if (!signal.aborted) [inputs.value, error.value] = [null, reason];
      }
    },
    { immediate: true },
  );
  return { inputs, error };
}
