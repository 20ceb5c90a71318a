import { useElementSize } from '@vueuse/core';
import { computed, ref, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue';
import { centred, fitted, framed, movedTo, zoomedAt, type Box, type View } from './zoom.js';

/** Closer by this much for a notch of the wheel (100 units) or a key. */
const NOTCH = 1.25;

/** Where one looks: several stages of one size may share it. */
export interface Camera {
  view: Ref<View>;
  /** Until the person zooms or pans. */
  fitted: Ref<boolean>;
}
export const useCamera = (): Camera => ({ view: ref({ scale: 1, x: 0, y: 0 }), fitted: ref(true) });

interface Zoom {
  view: Ref<View>;
  /** Room that the stage has. */
  stage: ComputedRef<{ width: number; height: number }>;
  fit(): void;
  /** A pixel of the picture is one of the screen. */
  actual(): void;
  /** Closer by keys, around a place of the stage or its middle. */
  step(notches: number, at?: { x: number; y: number }): void;
  /** Brings a box of the picture into the middle, with its surroundings. */
  show(box: Box): void;
  /** Brings a place of the picture into the middle. */
  look(place: { x: number; y: number }): void;
  /** Closer by a factor, around a place of the stage. */
  zoomAt(factor: number, at: { x: number; y: number }): void;
  onWheel(event: WheelEvent): void;
  pan(dx: number, dy: number): void;
}

/** How a picture lies in its stage: fitted until the person zooms or pans, and then where that was. */
export function useZoom(
  element: Ref<HTMLElement | null>,
  picture: MaybeRefOrGetter<{ width: number; height: number }>,
  { view, fitted: isFitted }: Camera = useCamera(),
): Zoom {
  const { width, height } = useElementSize(element);
  const stage = computed(() => ({ width: width.value, height: height.value }));

  function fit(): void {
    isFitted.value = true;
    view.value = fitted(toValue(picture), stage.value);
  }
  function set(next: View): void {
    isFitted.value = false;
    view.value = next;
  }
  const closer = (factor: number, at: { x: number; y: number }): void =>
    set(zoomedAt(view.value, factor, at, Math.min(1, fitted(toValue(picture), stage.value).scale) / 2));

  watch([stage, () => toValue(picture)], () => isFitted.value && fit(), { immediate: true });

  return {
    view,
    stage,
    fit,
    actual: () => set(centred(toValue(picture), stage.value, 1 / devicePixelRatio)),
    step: (notches, at = { x: stage.value.width / 2, y: stage.value.height / 2 }) => closer(NOTCH ** notches, at),
    show: (box) => set(framed(box, stage.value)),
    look: (place) => set(movedTo(view.value, place, stage.value)),
    zoomAt: closer,
    onWheel(event) {
      const box = element.value!.getBoundingClientRect();
      closer(NOTCH ** (-event.deltaY / 100), { x: event.clientX - box.left, y: event.clientY - box.top });
    },
    pan: (dx, dy) => set({ ...view.value, x: view.value.x + dx, y: view.value.y + dy }),
  };
}
