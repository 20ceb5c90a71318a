import { refDebounced } from '@vueuse/core';
import { computed, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { contains, wholeOf } from '../../shared/label-map/rect.js';
import type { LabelMap } from '../../shared/types.js';
import type { CursorPixel } from '../canvas/key-cursor.js';
import { useLabelName } from './useLabelName.js';

/** Milliseconds that a cursor must rest before its place is spoken: a held key shall not be read out step by step. */
const REST = 300;

interface Cursor {
  at: Ref<CursorPixel | null>;
  held: Ref<boolean>;
}

/** What a screen reader says of the cursor that keys move: class, place, and whether the tool is down. */
export function useCursorWords({ at, held }: Cursor, map: () => LabelMap | null) {
  const { t } = useI18n();
  const nameOf = useLabelName();
  /** Labels are no reactive value: counts how often they have changed. */
  const changes = ref(0);
  const begun = ref(false);
  watch(at, (pixel) => pixel && (begun.value = true));

  const words = computed(() => {
    void changes.value;
    const labels = map();
    if (!at.value || !labels) return begun.value ? t('editor.cursor.off') : '';
    const { x, y } = at.value;
    const inside = contains(wholeOf(labels), at.value);
    const place = inside
      ? t('editor.cursor.at', { name: nameOf(labels.data[y * labels.width + x]), x, y })
      : t('editor.cursor.outside');
    return held.value ? t('editor.cursor.down', { place }) : place;
  });
  return { words: refDebounced(words, REST), changed: () => void changes.value++ };
}
