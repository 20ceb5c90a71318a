import { useEventListener } from '@vueuse/core';
import { computed, ref, type Ref } from 'vue';
import type { Pointer } from '../canvas/tool.js';
import { toImage } from '../canvas/view-geometry.js';
import { keyIsTaken } from '../commands/keys.js';
import type { View } from './zoom.js';

interface Stage {
  element: Ref<HTMLElement | null>;
  view: Ref<View>;
  /** Whether every press moves the picture: the hand is the tool. */
  pans(): boolean;
  pan(dx: number, dy: number): void;
  send(event: 'down' | 'move' | 'up', at: Pointer): void;
  /** The pointer was lost in the middle of something. */
  interrupt(): void;
}

/** Buttons of a mouse, as events number them. */
const [LEFT, MIDDLE, RIGHT] = [0, 1, 2];

/** Turns pointers over the stage into events of a tool in image coordinates, or into panning: Space, middle button, hand. */
export function useStagePointer({ element, view, pans, pan, send, interrupt }: Stage) {
  const [space, doing, erasing] = [ref(false), ref<'paint' | 'pan' | null>(null), ref(false)];
  const place = ref<{ x: number; y: number } | null>(null);
  let from = { x: 0, y: 0 };

  function pointerOf({ clientX, clientY, shiftKey, altKey }: PointerEvent): Pointer {
    const box = element.value!.getBoundingClientRect();
    const at = toImage(view.value, { x: clientX - box.left, y: clientY - box.top });
    return { ...at, shift: shiftKey, erase: altKey || erasing.value };
  }

  function onDown(event: PointerEvent): void {
    if (doing.value || ![LEFT, MIDDLE, RIGHT].includes(event.button)) return;
    element.value!.focus({ preventScroll: true });
    element.value!.setPointerCapture(event.pointerId);
    event.preventDefault();
    from = { x: event.clientX, y: event.clientY };
    doing.value = space.value || event.button === MIDDLE || pans() ? 'pan' : 'paint';
    if (doing.value === 'pan') return;
    erasing.value = event.button === RIGHT;
    send('down', pointerOf(event));
  }
  function onMove(event: PointerEvent): void {
    place.value = pointerOf(event);
    if (doing.value === 'pan') pan(event.clientX - from.x, event.clientY - from.y);
    from = { x: event.clientX, y: event.clientY };
    if (doing.value !== 'pan') send('move', pointerOf(event));
  }
  function onUp(event: PointerEvent): void {
    if (doing.value === 'paint') send('up', pointerOf(event));
    [doing.value, erasing.value] = [null, false];
  }
  function onCancel(): void {
    if (doing.value === 'paint') interrupt();
    [doing.value, erasing.value] = [null, false];
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.key !== ' ' || keyIsTaken(event)) return;
    event.preventDefault();
    space.value = true;
  });
  useEventListener(window, 'keyup', ({ key }: KeyboardEvent) => key === ' ' && (space.value = false));
  useEventListener(window, 'blur', () => {
    space.value = false;
    onCancel();
  });

  const panning = computed(() => space.value || pans() || doing.value === 'pan');
  return { onDown, onMove, onUp, onCancel, place, panning, dragging: computed(() => doing.value === 'pan'), erasing };
}
