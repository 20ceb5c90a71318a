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
  /** The place that is looked at: the pinned one, else the one under the pointer. */
  at: ComputedRef<AttentionAt | null>;
  pinned: ShallowRef<AttentionAt | null>;
  /** Where the place attends, by the image that is looked at. */
  maps: ComputedRef<ReadonlyMap<string, AttentionMap>>;
  error: ShallowRef<unknown>;
  /** The pointer is over a place, or over none; a pinned one stays. */
  hover(at: AttentionAt | null): void;
  /** Keeps a place; the same one again lets it go. */
  pin(at: AttentionAt): void;
  /** Moves the place by shares of its photo and pins it; from the middle of the image where there is none. */
  move(dx: number, dy: number): void;
}

/** Share of a photo within which two places are the same one. */
const SAME = 0.02;

const isSame = (a: AttentionAt | null, b: AttentionAt): boolean =>
  a !== null && a.from === b.from && Math.hypot(a.x - b.x, a.y - b.y) < SAME;
const within = (share: number): number => Math.min(1, Math.max(0, share));

/** Where a place of an image attends in its references, and the reverse; the place follows the pointer until it is pinned. */
export function useAttention(
  project: MaybeRefOrGetter<string>,
  asked: MaybeRefOrGetter<PreviewBody | null>,
): Inspector {
  const on = shallowRef(false);
  const pinned = shallowRef<AttentionAt | null>(null);
  const hovered = shallowRef<AttentionAt | null>(null);
  const at = computed(() => pinned.value ?? hovered.value);
  const found = shallowRef<readonly AttentionMap[]>([]);
  const error = shallowRef<unknown>(null);
  const about = computed(() => JSON.stringify(toValue(asked)));
  let [busy, again] = [false, false];

  async function answer(): Promise<void> {
    const [body, place, subject] = [toValue(asked), at.value, about.value];
    if (!on.value || !place || !body) return void (found.value = []);
    const isWanted = (): boolean => on.value && at.value !== null && subject === about.value;
    try {
      const { from, ...position } = place;
      const params = { project: toValue(project) };
      const { attention } = await engine.call(api.previews.attention, {
        params,
        body: { ...body, at: position, from },
      });
      if (isWanted()) [found.value, error.value] = [attention, null];
    } catch (reason) {
      if (isWanted() && errorDetails(reason).code !== 'interrupted') error.value = reason;
    }
  }
  /** One question at a time: of the places that the pointer passes meanwhile only the last is asked for. */
  async function ask(): Promise<void> {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await answer();
    }
    busy = false;
  }

  // Another image or set: the place means nothing there.
  watch(about, () => ([pinned.value, hovered.value, found.value] = [null, null, []]), { flush: 'sync' });
  watch(on, () => (pinned.value = null), { flush: 'sync' });
  watch([on, at], () => void ask());
  return {
    on,
    at,
    pinned,
    error,
    maps: computed(() => new Map(found.value.map((one) => [one.id, one]))),
    hover: (place) => (hovered.value = place),
    pin: (place) => (pinned.value = isSame(pinned.value, place) ? null : place),
    move(dx, dy) {
      const now = at.value;
      pinned.value = now ? { ...now, x: within(now.x + dx), y: within(now.y + dy) } : { x: 0.5, y: 0.5, from: null };
    },
  };
}
