import { onBeforeUnmount, shallowReactive, shallowRef, watchEffect, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { LayerPixels } from '../../pictures/layer-canvas.js';
import { heatAt, labelAt } from '../../pictures/read-layer.js';
import { useProject } from '../../stores/project.js';
import { useStatus } from '../../stores/status.js';
import type { PaneName } from './panes.js';
import { useFigures } from './useFigures.js';

type Size = { width: number; height: number };

/** Says in the bar at the bottom what each pane has under the pointer. */
export function useUnderPanes(photo: () => Size | null): {
  pixel: ShallowRef<{ x: number; y: number } | null>;
  drawn: Map<PaneName, LayerPixels>;
} {
  const { t } = useI18n();
  const { figure } = useFigures();
  const [project, status] = [useProject(), useStatus()];
  const pixel = shallowRef<{ x: number; y: number } | null>(null);
  const drawn = shallowReactive(new Map<PaneName, LayerPixels>());

  function labelName(label: number | null): string {
    if (label === null) return t('label.unknown');
    if (label === 255) return t('label.ignore');
    return label === 0 ? t('label.background') : (project.classNames[label - 1] ?? String(label));
  }
  watchEffect(() => {
    const [at, size] = [pixel.value, photo()];
    if (!at || !size) return void (status.under = '');
    const values = (['truth', 'prediction', 'map', 'saliency'] as const).flatMap((name) => {
      const layer = drawn.get(name);
      if (!layer) return [];
      const isHeat = name === 'map' || name === 'saliency';
      const value = isHeat ? figure(heatAt(layer, at, size)) : labelName(labelAt(layer, at, size, project.info?.palette ?? [])); // prettier-ignore
      return [`${t(`results.pane.${name}`)}: ${value}`];
    });
    status.under = [`x ${at.x}, y ${at.y}`, ...values].join('   ');
  });
  onBeforeUnmount(() => (status.under = ''));
  return { pixel, drawn };
}
