import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { fusionRule } from '../../../shared/fusion/registry.js';
import type { FusionInputs } from '../../../shared/fusion/rule.js';
import type { MaskSettings } from '../../../shared/settings/index.js';
import type { LabelMap } from '../../../shared/types.js';
import type { FromFuser, ToFuser } from '../../workers/fuse.js';

/** Pixels up to which a mask is fused at once: a few milliseconds. Larger ones are in a worker, so that sliders stay quick. */
const AT_ONCE = 500_000;

/** The mask that settings give of an image's maps, derived anew at every change. Null without maps to fuse. */
export function useLiveMask(
  inputs: MaybeRefOrGetter<FusionInputs | null>,
  settings: MaybeRefOrGetter<MaskSettings | null>,
): ShallowRef<LabelMap | null> {
  const mask = shallowRef<LabelMap | null>(null);
  let worker: Worker | null = null;
  let [asked, busy] = [0, false];
  let waiting: MaskSettings | null = null;

  function ask(wanted: MaskSettings): void {
    // While one is derived only the newest of the others is kept.
    if (busy) return void (waiting = wanted);
    busy = true;
    worker!.postMessage({ number: ++asked, settings: wanted } satisfies ToFuser);
  }
  /** What a worker still computes is of another image. */
  function end(): void {
    worker?.terminate();
    [worker, busy, waiting] = [null, false, null];
  }
  function begin(given: FusionInputs): void {
    end();
    worker = new Worker(new URL('../../workers/fuse.ts', import.meta.url), { type: 'module' });
    const { width, height } = given;
    worker.onmessage = ({ data }: MessageEvent<FromFuser>) => {
      busy = false;
      mask.value = { width, height, data: data.data };
      const next = waiting;
      waiting = null;
      if (next) ask(next);
    };
    worker.postMessage({ inputs: given } satisfies ToFuser);
  }

  watch(
    [() => toValue(inputs), () => toValue(settings)] as const,
    ([given, wanted], [before]) => {
      const small = given !== null && given.width * given.height <= AT_ONCE;
      if (!given || !wanted || small) end();
      if (!given || !wanted) return void (mask.value = null);
      if (small) return void (mask.value = fusionRule(wanted.rule).fuse(given, wanted));
      if (given !== before || !worker) begin(given);
      ask(wanted);
    },
    { immediate: true },
  );
  onScopeDispose(end);
  return mask;
}
