import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave, useRoute, useRouter } from 'vue-router';
import { api } from '../../shared/api/index.js';
import { REVIEW_QUEUE_TAG } from '../../shared/dataset/review.js';
import { engine } from '../api/engine.js';
import { photoUrl } from '../api/pictures.js';
import { useEdits } from '../stores/edits.js';
import { useImages } from '../stores/images.js';
import { useMaskDocument } from '../stores/mask-document.js';
import { useNotices } from '../stores/notices.js';
import { useReviewQueue } from '../stores/review-queue.js';
import { queryOf } from './image-filter.js';
import { NEAR, NearPhotos, nearImages } from './near-photos.js';
import { useImageFilter } from './useImageFilter.js';

/** Where the editor is: project, image, and its place among the images of the filter. */
interface Place {
  project: string;
  id: string;
  at: number;
}

/**
 * Ways from image to image and out of the editor. Nothing is left before it is saved, or kept.
 *
 * @param preferred set of pseudo-masks that images are begun with
 */
export function useEditorMoves(place: Readonly<Place>, preferred: () => string | null) {
  const { t } = useI18n();
  const [images, mask, notices, router] = [useImages(), useMaskDocument(), useNotices(), useRouter()];
  const [edits, queue] = [useEdits(), useReviewQueue()];
  const route = useRoute();
  const { filter } = useImageFilter();
  const ahead = new NearPhotos();

  /** Whether the image may be left. What cannot be saved now stays in the browser; a conflict is for the person to end. */
  async function mayLeave(): Promise<boolean> {
    if (await mask.flush()) return true;
    if (mask.state === 'conflict') return false;
    notices.say(t('editor.save.leftBehind'));
    return true;
  }
  async function goTo(at: number): Promise<void> {
    if (at < 0 || at >= (images.total ?? 0) || !(await mayLeave())) return;
    await images.need(at, at);
    const next = images.at(at);
    if (next) await router.replace({ query: { ...queryOf(filter.value), id: next.id, at } });
  }
  const go = (steps: number): Promise<void> => goTo(place.at + steps);
  function back(): void {
    const query = { ...queryOf(filter.value), id: place.id, at: place.at };
    void router.push({ name: 'image', params: { project: place.project }, query });
  }
  /** To the next image that nobody has reviewed, or back to the one before. */
  async function unreviewed(forward: boolean): Promise<void> {
    if (!(await mayLeave())) return;
    await notices.attempt(async () => {
      const query = { ...filter.value, from: place.id, state: 'unreviewed', forward } as const;
      const { found } = await engine.call(api.images.beside, { params: { project: place.project }, query });
      if (!found) return notices.say(t('editor.lastImage'));
      await router.replace({ query: { ...queryOf(filter.value), id: found.id, at: found.place } });
    });
  }
  /** To an image of the review queue, which is one of all images: a filter ends. */
  async function toQueued(found: { id: string; at: number } | null): Promise<void> {
    if (!found) return notices.say(t('editor.lastQueued'));
    await router.replace({ query: found });
  }
  /** To the image that is worth most. */
  async function first(): Promise<void> {
    if (await mayLeave()) await notices.attempt(async () => toQueued(await queue.next(place.project)));
  }
  /** Notes what the person thinks of the image and goes on. An accepted mask is saved also where it needed no change. */
  async function review(state: 'reviewed' | 'needs-work'): Promise<void> {
    const accepts = state === 'reviewed';
    if (!(await mask.flush(accepts))) return;
    const { project, id } = place;
    const queued = queue.on && queue.set !== '';
    await notices.attempt(async () => {
      // Asked for before the edit: an image that is reviewed has no place that another could be behind.
      const next = queued ? await queue.next(project, id) : null;
      await edits.apply(project, { ids: [id] }, { review: state, removeTags: accepts ? [REVIEW_QUEUE_TAG] : [] });
      if (accepts) queue.accept();
      await (queued ? toQueued(next) : unreviewed(true));
    });
  }

  /** An image that was opened by its id alone has its place looked up; one that the filter leaves out stays at the first. */
  watch(
    () => [place.project, place.id, route.query.at] as const,
    ([project, id, at]) => {
      if (id === '' || at !== undefined) return;
      void notices.attempt(async () => {
        const found = await engine.call(api.images.place, { params: { project }, query: { ...filter.value, id } });
        if (place.id === id) await router.replace({ query: { ...route.query, at: found.place ?? 0 } });
      });
    },
    { immediate: true },
  );
  onBeforeRouteLeave(mayLeave);
  watch([() => place.project, filter], ([key, wanted]) => void images.show(key, wanted), { immediate: true });
  watch(
    () => [place.id, place.at, images.total] as const,
    async ([id, at, total]) => {
      if (!total) return;
      await images.need(Math.max(0, at - NEAR), Math.min(total - 1, at + NEAR));
      if (!id) return goTo(0);
      const [own, near] = [images.at(at), nearImages(at, images.at)];
      const addressOf = (one: string): { project: string; id: string } => ({ project: place.project, id: one });
      // The image that is being opened comes from here as well.
      ahead.hold([...(own?.version ? [own] : []), ...near].map((image) => photoUrl(place.project, image)));
      mask.prefetch(near.map((image) => addressOf(image.id)), preferred(), addressOf(id)); // prettier-ignore
    },
    { immediate: true },
  );
  return { go, goTo, back, unreviewed, review, first };
}
