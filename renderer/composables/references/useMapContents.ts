import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import type { LabelMap } from '../../../shared/types.js';
import { fileContents, type PaneContent } from '../pane-contents.js';
import type { ImageDetails } from '../useImage.js';
import type { LivePreview } from './usePreview.js';

interface Shown {
  project: MaybeRefOrGetter<string>;
  image: MaybeRefOrGetter<ImageDetails | null>;
  classIndex: MaybeRefOrGetter<number>;
  preview: LivePreview;
  mask: MaybeRefOrGetter<LabelMap | null>;
  parted: MaybeRefOrGetter<{ gate: string; rest: string } | null>;
}

/** What the panes of the screen of references can show: the photo, what is computed live, and the files of the image. */
export function useMapContents({
  project,
  image,
  classIndex,
  preview,
  mask,
  parted,
}: Shown): ComputedRef<PaneContent[]> {
  const plain = { set: null, kind: 'heat', url: null } as const;
  return computed(() => {
    const shown = toValue(image);
    if (!shown) return [];
    return [
      { ...plain, key: 'photo', text: 'photo', kind: null },
      { ...plain, key: 'preview', text: 'preview', url: preview.now.value?.url ?? null, stale: preview.stale.value },
      { ...plain, key: 'before', text: 'before', url: preview.before.value?.url ?? null },
      { ...plain, key: 'mask', text: 'mask', kind: 'labels', labels: toValue(mask) },
      ...fileContents(toValue(project), shown, toValue(classIndex)),
      { ...plain, key: 'gate', text: 'gate', url: toValue(parted)?.gate ?? null },
      { ...plain, key: 'rest', text: 'rest', url: toValue(parted)?.rest ?? null },
    ];
  });
}
