import { useEventListener } from '@vueuse/core';
import { computed, ref, type Ref } from 'vue';
import {
  cursorMoved,
  cursorPlace,
  cursorStart,
  panToCursor,
  type ArrowKey,
  type CursorPixel,
} from '../canvas/key-cursor.js';
import type { Pointer } from '../canvas/tool.js';
import { tools, type ToolName } from '../canvas/tools/index.js';
import type { View } from './zoom.js';

interface Stage {
  element: Ref<HTMLElement | null>;
  view: Ref<View>;
  /** Room of the stage, CSS px. */
  room: Ref<{ width: number; height: number }>;
  picture(): { width: number; height: number };
  pan(dx: number, dy: number): void;
  tool(): ToolName;
  /** Whether the tool has something in hand. */
  busy(): boolean;
  send(event: 'down' | 'move' | 'up', at: Pointer): void;
  interrupt(): void;
  cancel(): void;
}

type Key = Pick<KeyboardEvent, 'code' | 'repeat'>;

/**
 * A cursor on the stage that keys move, as good as a pointer for every tool. A press puts the tool down and another lifts it;
 * a key that is held while the cursor moves lifts it when it is let go.
 */
export function useKeyCursor({ element, view, room, picture, pan, tool, busy, send, interrupt, cancel }: Stage) {
  /** Null: pointers alone move the cursor. */
  const at = ref<CursorPixel | null>(null);
  const [held, erasing] = [ref(false), ref(false)];
  /** The key that put the tool down, until it is let go, and whether the cursor has moved since. */
  let pressed: { code: string; moved: boolean } | null = null;

  const tell = (event: 'down' | 'move' | 'up', shift = false): void =>
    send(event, { ...cursorPlace(at.value!), erase: erasing.value, shift });
  function drop(): void {
    [held.value, erasing.value, pressed] = [false, false, null];
  }
  function lift(): void {
    if (busy()) tell('up');
    drop();
  }
  /** The tool may have been lifted by something else: undo, another tool, another image. */
  function settle(): void {
    if (held.value && !busy()) drop();
  }

  const isFocused = (): boolean => element.value !== null && document.activeElement === element.value;
  /** Whether keys mean the cursor: it is there, and the keyboard is on the stage. */
  const active = (): boolean => at.value !== null && isFocused();
  function leave(): void {
    if (held.value) lift();
    at.value = null;
  }
  /** Begins in the middle of what is in view, comes back to the stage, or ends. */
  function toggle(): void {
    if (active()) return leave();
    at.value ??= cursorStart(view.value, room.value, picture());
    element.value?.focus({ preventScroll: true });
  }
  /** Gives up what is in hand; where that is nothing, the cursor. */
  function escape(): void {
    if (!busy()) return leave();
    cancel();
    drop();
  }

  function move(key: ArrowKey, pixels: number): void {
    if (!at.value) return;
    settle();
    at.value = cursorMoved(at.value, key, pixels, picture());
    const { dx, dy } = panToCursor(view.value, room.value, at.value);
    if (dx || dy) pan(dx, dy);
    if (pressed) pressed.moved = true;
    tell('move');
  }
  function press({ code, repeat }: Key, { erase = false, shift = false } = {}): void {
    if (!at.value || repeat) return;
    settle();
    if (held.value) return lift();
    erasing.value = erase;
    tell('down', shift);
    if (tools[tool()].clicks) tell('up');
    else held.value = busy();
    if (held.value) pressed = { code, moved: false };
    else drop();
  }

  /** Another picture lies on the stage. */
  function restart(): void {
    drop();
    at.value &&= cursorStart(view.value, room.value, picture());
  }

  useEventListener(window, 'keyup', ({ code }: KeyboardEvent) => {
    if (pressed?.code !== code) return;
    if (pressed.moved && held.value) lift();
    pressed = null;
  });
  useEventListener(element, 'blur', () => {
    if (held.value) interrupt();
    drop();
  });

  /** Where the cursor is, as a pointer would say it. */
  const place = computed(() => at.value && cursorPlace(at.value));
  return { at, place, held, erasing, active, toggle, leave, escape, move, press, settle, restart };
}

export type KeyCursor = ReturnType<typeof useKeyCursor>;
