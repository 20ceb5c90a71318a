import { useEventListener } from '@vueuse/core';
import { computed, ref, type Ref } from 'vue';
import type { Pointer } from '../canvas/tool.js';
import { pinchOf, type Place } from '../canvas/pinch.js';
import { toImage } from '../canvas/view-geometry.js';
import { keyIsTaken } from '../commands/keys.js';
import type { View } from './zoom.js';

interface Stage {
  element: Ref<HTMLElement | null>;
  view: Ref<View>;
  /** Whether every press moves the picture: the hand is the tool. */
  pans(): boolean;
  pan(dx: number, dy: number): void;
  /** Closer by a factor, around a place of the stage in CSS px. */
  zoom(factor: number, at: { x: number; y: number }): void;
  send(event: 'down' | 'move' | 'up', at: Pointer): void;
  /** The pointer was lost in the middle of something. */
  interrupt(): void;
  /** A second finger came: what the first has begun was not meant. */
  cancel(): void;
}

/** Buttons of a mouse, as events number them, and the eraser at the end of a pen. */
const [LEFT, MIDDLE, RIGHT, ERASER] = [0, 1, 2, 5];

/**
 * Turns pointers over the stage into events of a tool in image coordinates, or into panning: Space, middle button, hand. Two
 * fingers zoom and pan, and give up what the first of them began; beside a pen that is down fingers are a palm and do nothing.
 */
export function useStagePointer({ element, view, pans, pan, zoom, send, interrupt, cancel }: Stage) {
  const [space, doing, erasing] = [ref(false), ref<'paint' | 'pan' | 'pinch' | null>(null), ref(false)];
  const place = ref<{ x: number; y: number } | null>(null);
  /** The pointer that paints or pans; fingers that are down, in the order in which they came. */
  let active: { id: number; type: string } | null = null;
  const fingers = new Map<number, Place>();
  let from = { x: 0, y: 0 };

  const onStage = ({ clientX, clientY }: PointerEvent): Place => {
    const box = element.value!.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  function pointerOf(event: PointerEvent): Pointer {
    const at = toImage(view.value, onStage(event));
    return { ...at, shift: event.shiftKey, erase: event.altKey || erasing.value };
  }

  /** A finger came down. Returns whether it may paint: it is the only one, and no palm. */
  function touched(event: PointerEvent): boolean {
    if (active?.type === 'pen') return false;
    fingers.set(event.pointerId, onStage(event));
    if (fingers.size === 1) return true;
    if (doing.value === 'paint') cancel();
    [doing.value, erasing.value, active] = ['pinch', false, null];
    return false;
  }
  /** A pen is meant also where a palm came down before it. */
  function dropFingers(): void {
    if (doing.value === 'paint') cancel();
    fingers.clear();
    [doing.value, erasing.value, active] = [null, false, null];
  }
  /** Two fingers move the picture; more are passed by. */
  function pinch(event: PointerEvent): void {
    const before = [...fingers.values()].slice(0, 2);
    fingers.set(event.pointerId, onStage(event));
    const now = [...fingers.values()].slice(0, 2);
    if (before.length < 2) return;
    const { factor, at, dx, dy } = pinchOf(before as [Place, Place], now as [Place, Place]);
    zoom(factor, at);
    pan(dx, dy);
  }

  function onDown(event: PointerEvent): void {
    if (event.pointerType === 'touch' && !touched(event)) return event.preventDefault();
    if (event.pointerType === 'pen' && fingers.size > 0) dropFingers();
    if (doing.value || ![LEFT, MIDDLE, RIGHT, ERASER].includes(event.button)) return;
    element.value!.focus({ preventScroll: true });
    element.value!.setPointerCapture(event.pointerId);
    event.preventDefault();
    from = { x: event.clientX, y: event.clientY };
    active = { id: event.pointerId, type: event.pointerType };
    doing.value = space.value || event.button === MIDDLE || pans() ? 'pan' : 'paint';
    if (doing.value === 'pan') return;
    erasing.value = event.button === RIGHT || event.button === ERASER;
    send('down', pointerOf(event));
  }
  function onMove(event: PointerEvent): void {
    if (doing.value === 'pinch' && fingers.has(event.pointerId)) return pinch(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, onStage(event));
    if (active && event.pointerId !== active.id) return;
    place.value = pointerOf(event);
    if (doing.value === 'pan') pan(event.clientX - from.x, event.clientY - from.y);
    from = { x: event.clientX, y: event.clientY };
    if (doing.value !== 'pan' && doing.value !== 'pinch') send('move', pointerOf(event));
  }
  function onUp(event: PointerEvent): void {
    fingers.delete(event.pointerId);
    // The finger that stays does not begin to paint.
    if (doing.value === 'pinch') return void (fingers.size === 0 && (doing.value = null));
    if (active && event.pointerId !== active.id) return;
    if (doing.value === 'paint') send('up', pointerOf(event));
    [doing.value, erasing.value, active] = [null, false, null];
  }
  /** The pointer, or without one any, was lost. */
  function onCancel(event?: PointerEvent): void {
    if (event) fingers.delete(event.pointerId);
    else fingers.clear();
    if (event && active && event.pointerId !== active.id) return;
    if (doing.value === 'pinch' && fingers.size > 0) return;
    if (doing.value === 'paint') interrupt();
    [doing.value, erasing.value, active] = [null, false, null];
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    // A command may have taken it: it presses the tool where keys move the cursor.
    if (event.key !== ' ' || event.defaultPrevented || keyIsTaken(event)) return;
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
