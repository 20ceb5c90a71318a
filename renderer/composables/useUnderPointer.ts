import { computed, onBeforeUnmount, shallowReactive, shallowRef, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import type { LayerPixels } from '../pictures/layer-canvas.js';
import { heatAt, labelAt } from '../pictures/read-layer.js';
import { useLayers } from '../stores/layers.js';
import { useProject } from '../stores/project.js';
import { useStatus } from '../stores/status.js';
import type { Layer } from './image-layers.js';

interface Shown {
  size(): { width: number; height: number } | null;
  layers(): readonly Layer[];
}

/** Says in the bar at the bottom what is under the pointer: place, and each shown layer's class or value. */
export function useUnderPointer({ size, layers }: Shown) {
  const { t, locale } = useI18n();
  const [states, project, status] = [useLayers(), useProject(), useStatus()];
  const pixel = shallowRef<{ x: number; y: number } | null>(null);
  const pixels = shallowReactive(new Map<string, LayerPixels>());

  function labelName(label: number | null): string {
    if (label === null) return t('label.unknown');
    if (label === 255) return t('label.ignore');
    return label === 0 ? t('label.background') : (project.classNames[label - 1] ?? String(label));
  }
  function read({ key, kind }: Layer, at: { x: number; y: number }, photo: { width: number; height: number }): string {
    const drawn = pixels.get(key);
    if (!drawn) return '';
    if (kind === 'labels') return labelName(labelAt(drawn, at, photo, project.info?.palette ?? []));
    return new Intl.NumberFormat(locale.value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(heatAt(drawn, at, photo)); // prettier-ignore
  }
  const words = computed(() => {
    const [at, photo] = [pixel.value, size()];
    if (!at || !photo) return '';
    const shown = layers().filter(({ key }) => states.stateOf(key).shown && pixels.has(key));
    const values = shown.map((layer) => `${layer.set ?? t(`layer.${layer.text}`)}: ${read(layer, at, photo)}`);
    return [`x ${at.x}, y ${at.y}`, ...values].join('   ');
  });
  watchEffect(() => (status.under = words.value));
  onBeforeUnmount(() => (status.under = ''));
  return { pixel, pixels };
}
