import { shallowRef, watch, type ShallowRef } from 'vue';
import type { LabelMap } from '../../shared/types.js';
import { fetchMask } from '../saving/mask-client.js';
import { useEditorSession } from '../stores/editor-session.js';
import { useMaskDocument } from '../stores/mask-document.js';
import { useNotices } from '../stores/notices.js';

interface Compared {
  project(): string;
  id(): string;
  /** Set of the pseudo-mask; null where the image has none. */
  set(): string | null;
}

/** The mask that the one in hand is compared with: the pseudo-mask, or the mask as it was opened. Null while there is none. */
export function useComparison({ project, id, set }: Compared): ShallowRef<LabelMap | null> {
  const [session, mask, notices] = [useEditorSession(), useMaskDocument(), useNotices()];
  const other = shallowRef<LabelMap | null>(null);
  let latest = 0;
  watch(
    [() => session.before, () => session.beforeOf, set, () => mask.editor],
    async ([shown, of, name, editor]) => {
      const mine = ++latest;
      other.value = null;
      if (!shown || !editor) return;
      if (of === 'opened' || name === null) return void (other.value = mask.openedMap());
      await notices.attempt(async () => {
        const { map } = await fetchMask({ project: project(), id: id() }, name);
        if (mine === latest) other.value = map;
      });
    },
    { immediate: true },
  );
  return other;
}
