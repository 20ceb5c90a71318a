import {
  computed,
  onBeforeUnmount,
  shallowReactive,
  shallowRef,
  toValue,
  watchEffect,
  type MaybeRefOrGetter,
} from 'vue';
import { useI18n } from 'vue-i18n';
import { IGNORE, type LabelMap } from '../../shared/types.js';
import type { LayerPixels } from '../pictures/layer-canvas.js';
import { heatAt, labelAt } from '../pictures/read-layer.js';
import { usePreferences } from '../stores/preferences.js';
import { useProject } from '../stores/project.js';
import { useStatus } from '../stores/status.js';
import type { PaneContent } from './pane-contents.js';

type Pixel = { x: number; y: number };

interface Shown {
  size: MaybeRefOrGetter<{ width: number; height: number } | null>;
  contents: MaybeRefOrGetter<readonly PaneContent[]>;
  mask: MaybeRefOrGetter<LabelMap | null>;
}

/** Says in the bar at the bottom what is under the pointer in every pane: place, and each one's value or class. */
export function usePaneReadout({ size, contents, mask }: Shown): {
  point(pixel: Pixel | null): void;
  drawn(key: string, pixels: LayerPixels): void;
} {
  const { t, locale } = useI18n();
  const [preferences, project, status] = [usePreferences(), useProject(), useStatus()];
  const pixel = shallowRef<Pixel | null>(null);
  const pixels = shallowReactive(new Map<string, LayerPixels>());
  const decimal = computed(() => new Intl.NumberFormat(locale.value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })); // prettier-ignore

  function className(label: number | null): string {
    if (label === null) return t('label.unknown');
    if (label === IGNORE) return t('label.ignore');
    return label === 0 ? t('label.background') : (project.classNames[label - 1] ?? String(label));
  }
  function valueOf(content: PaneContent, at: Pixel, photo: { width: number; height: number }): string | null {
    const live = toValue(mask);
    if (content.text === 'mask') return live ? className(live.data[at.y * live.width + at.x] ?? null) : null;
    const drawn = content.url === null ? undefined : pixels.get(content.key);
    if (!drawn) return null;
    if (content.kind === 'labels') return className(labelAt(drawn, at, photo, project.info?.palette ?? []));
    return decimal.value.format(heatAt(drawn, at, photo));
  }
  const words = computed(() => {
    const [at, photo] = [pixel.value, toValue(size)];
    if (!at || !photo) return '';
    const values = toValue(contents)
      .filter(({ key }) => preferences.panes.includes(key))
      .flatMap((content) => {
        const value = valueOf(content, at, photo);
        return value === null ? [] : [`${content.set ?? t(`pane.${content.text}`)}: ${value}`];
      });
    return [`x ${at.x}, y ${at.y}`, ...values].join('   ');
  });
  watchEffect(() => (status.under = words.value));
  onBeforeUnmount(() => (status.under = ''));
  return { point: (at) => (pixel.value = at), drawn: (key, layer) => void pixels.set(key, layer) };
}
