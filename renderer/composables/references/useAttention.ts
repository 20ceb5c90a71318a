import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { errorDetails } from '../../../shared/errors.js';
import { engine } from '../../api/engine.js';
import type { PreviewBody } from './usePreview.js';

export type AttentionMap = AnswerOf<typeof api.previews.attention>['attention'][number];

/** A place in a photo, 0..1; of the image, or of the reference `from`. */
export interface AttentionAt {
  x: number;
  y: number;
  from: string | null;
}

export interface Inspector {
  on: ShallowRef<boolean>;
  at: ShallowRef<AttentionAt | null>;
  /** Where the place attends, by the image that is looked at. */
  maps: ComputedRef<ReadonlyMap<string, AttentionMap>>;
  error: ShallowRef<unknown>;
  look(at: AttentionAt | null): void;
}

/** Where a place of an image attends in its references, and the reverse. */
export function useAttention(
  project: MaybeRefOrGetter<string>,
  asked: MaybeRefOrGetter<PreviewBody | null>,
): Inspector {
  const on = shallowRef(false);
  const at = shallowRef<AttentionAt | null>(null);
  const found = shallowRef<readonly AttentionMap[]>([]);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  watch([on, at, () => JSON.stringify(toValue(asked))] as const, async ([active, place], before) => {
    const mine = ++latest;
    const body = toValue(asked);
    // Another image or set: the place means nothing there.
    if (before && before[2] !== JSON.stringify(body)) return void ([at.value, found.value] = [null, []]);
    if (!active || !place || !body) return void (found.value = []);
    try {
      const { from, ...position } = place;
      const params = { project: toValue(project) };
      const answer = await engine.call(api.previews.attention, { params, body: { ...body, at: position, from } });
      if (mine === latest) [found.value, error.value] = [answer.attention, null];
    } catch (reason) {
      if (mine === latest && errorDetails(reason).code !== 'interrupted') error.value = reason;
    }
  });
  return {
    on,
    at,
    error,
    maps: computed(() => new Map(found.value.map((one) => [one.id, one]))),
    look: (place) => (at.value = place),
  };
}
