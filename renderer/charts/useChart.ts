import { useMutationObserver, useResizeObserver } from '@vueuse/core';
import type { ECharts } from 'echarts/core';
import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue';

/**
 * A chart in an element: it comes with the library once the element is there, grows with it, and is drawn anew in another
 * theme. What it returns draws it, where it is there.
 *
 * @param begin called once, before the chart is drawn for the first time
 */
export function useChart(
  place: Readonly<Ref<HTMLElement | null>>,
  paint: (chart: ECharts, element: HTMLElement) => void,
  begin: (chart: ECharts) => void = () => undefined,
): () => void {
  const chart = shallowRef<ECharts | null>(null);
  const draw = (): void => {
    if (chart.value && place.value) paint(chart.value, place.value);
  };
  watch(
    place,
    async (element) => {
      if (!element) return;
      const { init } = await import('./echarts.js');
      if (place.value !== element) return;
      chart.value = init(element, undefined, { renderer: 'canvas' });
      begin(chart.value);
      draw();
    },
    { flush: 'post' },
  );
  useResizeObserver(place, () => chart.value?.resize());
  // The theme is a class of the page's root.
  useMutationObserver(document.documentElement, draw, { attributes: true, attributeFilter: ['class'] });
  onBeforeUnmount(() => chart.value?.dispose());
  return draw;
}
