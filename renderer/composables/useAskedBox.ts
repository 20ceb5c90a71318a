import { nextTick, watch, type ShallowRef } from 'vue';
import { useRoute } from 'vue-router';
import { useEditorSession } from '../stores/editor-session.js';
import { useMaskDocument } from '../stores/mask-document.js';
import type { ImageDetails } from './useImage.js';
import type { Box } from './zoom.js';

/** `left,top,width,height` in pixels of the image; null for anything else. */
export function boxOf(text: unknown): Box | null {
  const numbers = typeof text === 'string' ? text.split(',').map(Number) : [];
  const [left, top, width, height] = numbers;
  const whole = numbers.length === 4 && numbers.every((one) => Number.isFinite(one) && one >= 0);
  return whole && width > 0 && height > 0 ? { left, top, width, height } : null;
}

/** Looks at the box that the address names, once the image's mask is in hand, and marks it until something is drawn. */
export function useAskedBox(image: ShallowRef<ImageDetails | null>, show: (box: Box) => void): void {
  const [route, session, mask] = [useRoute(), useEditorSession(), useMaskDocument()];
  watch(
    // One by one: the image's details come anew with every save, and the view stays where it is.
    [() => String(route.query.box ?? ''), () => image.value?.id, () => mask.editor] as const,
    async ([asked, id, editor]) => {
      const box = boxOf(asked);
      if (!box || !editor || id !== route.query.id) return;
      // The stage comes with the image.
      await nextTick();
      show(box);
      const { left, top, width, height } = box;
      session.draft = { kind: 'box', rect: { left, top, right: left + width, bottom: top + height } };
    },
    { immediate: true },
  );
}
