import { useEventListener } from '@vueuse/core';
import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';
import type { LabelMap } from '../../shared/types.js';
import { photoUrl } from '../api/pictures.js';
import type { PhotoSource } from '../canvas/mask-editor.js';
import { PhotoPixels } from '../canvas/photo-pixels.js';
import { useClickModels } from '../stores/click-models.js';
import { useEditorSession } from '../stores/editor-session.js';
import { useMaskDocument } from '../stores/mask-document.js';
import { useNotices } from '../stores/notices.js';
import type { ImageDetails } from './useImage.js';

interface Edited {
  project(): string;
  id(): string;
  image: ShallowRef<ImageDetails | null>;
  /** Set of pseudo-masks to begin with. */
  preferred(): string | null;
  pixelsPerScreenPixel(): number;
  /** What maps and saliency give at the thresholds in hand. */
  derived(): LabelMap | null;
}

/** Takes the mask of the shown image in hand, and lets it go when the image or the screen is left. */
export function useEditedMask({ project, id, image, preferred, pixelsPerScreenPixel, derived }: Edited) {
  const [session, mask, notices] = [useEditorSession(), useMaskDocument(), useNotices()];
  const clicks = useClickModels();
  const pixels = shallowRef<PhotoPixels | null>(null);
  const source: PhotoSource = {
    photo: () => pixels.value?.photo() ?? null,
    superpixels: () => pixels.value?.superpixels(session.settings.level) ?? null,
    pixelsPerScreenPixel,
    derived,
    segment(points, done) {
      if (clicks.name === null) return false;
      void notices.attempt(async () => done(await clicks.segment({ project: project(), id: id() }, points))).then((well) => well || done(null)); // prettier-ignore
      return true;
    },
  };

  // From the moment another image is asked for, nothing more is painted on this one.
  watch(id, () => mask.close(), { flush: 'sync' });
  watch(image, (now) => {
    if (!now || now.id !== id()) return mask.close();
    const fail = (reason: unknown): void => void (notices.error = reason);
    pixels.value = now.version ? new PhotoPixels(photoUrl(project(), now), now, fail) : null;
    session.settings.clip = null;
    session.before = false;
    void mask.open({ project: project(), id: now.id }, now, preferred(), source);
  });
  // The photo is read as soon as a tool that needs it is in hand.
  watch(
    () => [session.tool, pixels.value] as const,
    ([tool]) => {
      if (tool === 'wand') source.photo();
      if (tool === 'superpixel') source.superpixels();
      if (tool === 'click' && clicks.models === null) void notices.attempt(() => clicks.load());
    },
  );
  watch(() => session.refusal, (reason) => {
    if (reason) setTimeout(() => (session.refusal = null), 3000);
  }); // prettier-ignore
  useEventListener(window, 'beforeunload', (event) => {
    if (mask.state !== 'saved') event.preventDefault();
  });
  // Back from sleep, from another program or network: the engine may be there again.
  useEventListener(window, ['online', 'focus'], () => mask.retry());
  useEventListener(document, 'visibilitychange', () => document.visibilityState === 'visible' && mask.retry());
  onBeforeUnmount(() => mask.close());
  return { pixels, source };
}
