import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, urlOf, type RequestOf } from '../../../shared/api/index.js';
import { errorDetails } from '../../../shared/errors.js';
import { engine } from '../../api/engine.js';

export type PreviewBody = RequestOf<typeof api.previews.map>['body'];

/** A map as it was computed for a set. */
export interface Preview {
  url: string;
  /** References that counted. */
  references: string[];
  seconds: number;
}

export interface LivePreview {
  now: ShallowRef<Preview | null>;
  /** The one of the set before. */
  before: ShallowRef<Preview | null>;
  /** `now` is of an earlier set: the next one is being computed. */
  stale: ShallowRef<boolean>;
  error: ShallowRef<unknown>;
}

/** Milliseconds without a change before a map is asked for. */
const PAUSE = 120;

/**
 * The map of the image and class in view, asked for again as its set changes, and the map of the set before. Null asks
 * nothing. Other images and classes begin anew.
 */
export function usePreview(
  project: MaybeRefOrGetter<string>,
  asked: MaybeRefOrGetter<PreviewBody | null>,
): LivePreview {
  const now = shallowRef<Preview | null>(null);
  const before = shallowRef<Preview | null>(null);
  const stale = shallowRef(false);
  const error = shallowRef<unknown>(null);
  let [latest, subject] = [0, ''];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function compute(name: string, body: PreviewBody): Promise<void> {
    const mine = ++latest;
    try {
      const params = { project: name };
      const { map, references, seconds } = await engine.call(api.previews.map, { params, body });
      if (mine !== latest) return;
      const url = urlOf(api.previews.picture, { params: { ...params, picture: map } });
      if (now.value && now.value.url !== url) before.value = now.value;
      [now.value, error.value, stale.value] = [{ url, references, seconds }, null, false];
    } catch (reason) {
      // One that a newer question came before is no failure.
      if (mine !== latest || errorDetails(reason).code === 'interrupted') return;
      [error.value, stale.value] = [reason, false];
    }
  }

  watch(
    [() => toValue(project), () => JSON.stringify(toValue(asked))] as const,
    ([name]) => {
      clearTimeout(timer);
      const body = toValue(asked);
      const about = body ? JSON.stringify([name, body.run, body.imageId, body.classIndex]) : '';
      if (about !== subject) [now.value, before.value, error.value] = [null, null, null];
      subject = about;
      stale.value = body !== null;
      if (body) timer = setTimeout(() => void compute(name, body), PAUSE);
      else latest++;
    },
    { immediate: true },
  );
  return { now, before, stale, error };
}
