import { useEventListener } from '@vueuse/core';
import { useLayers } from '../stores/layers.js';
import { useCommands } from './useCommands.js';

interface ImageScreen {
  /** Goes some images on, or back. */
  go(steps: number): void;
  back(): void;
  /** Opens the mask editor. */
  edit(): void;
  layerKeys(): string[];
  zoom: { fit(): void; actual(): void; step(notches: number): void };
}

/** Milliseconds after which a held V is a look underneath, and no switch. */
const HELD = 250;

/** Keys of the screen of one image. */
export function useImageCommands({ go, back, edit, layerKeys, zoom }: ImageScreen): void {
  const layers = useLayers();
  const scope = 'image';
  let pressedAt = 0;

  function peek(event?: KeyboardEvent): void {
    if (event?.repeat) return;
    pressedAt = performance.now();
    layers.peeking = !layers.peeking;
  }
  useEventListener(window, 'keyup', ({ key }: KeyboardEvent) => {
    if (key.toUpperCase() !== 'V' || pressedAt === 0) return;
    if (performance.now() - pressedAt > HELD) layers.peeking = false;
    pressedAt = 0;
  });

  useCommands([
    { id: 'image-next', scope, text: 'command.next', keys: ['ArrowRight', 'D'], run: () => go(1) },
    { id: 'image-previous', scope, text: 'command.previous', keys: ['ArrowLeft', 'A'], run: () => go(-1) },
    { id: 'image-back', scope, text: 'command.back', keys: ['Escape'], run: back },
    { id: 'image-edit', scope, text: 'command.edit', keys: ['B'], run: edit },
    { id: 'layer-peek', scope, text: 'command.peek', keys: ['V'], run: peek },
    { id: 'layer-cycle', scope, text: 'command.cycle', keys: ['M'], run: () => layers.cycle(layerKeys()) },
    { id: 'layer-stronger', scope, text: 'command.stronger', keys: ['Shift+ArrowUp'], run: () => layers.fade(1) },
    { id: 'layer-weaker', scope, text: 'command.weaker', keys: ['Shift+ArrowDown'], run: () => layers.fade(-1) },
    { id: 'zoom-fit', scope, text: 'command.fit', keys: ['Ctrl+0'], run: () => zoom.fit() },
    { id: 'zoom-actual', scope, text: 'command.actual', keys: ['Ctrl+1'], run: () => zoom.actual() },
    { id: 'zoom-in', scope, text: 'command.zoomIn', keys: ['+', '='], run: () => zoom.step(1) },
    { id: 'zoom-out', scope, text: 'command.zoomOut', keys: ['-'], run: () => zoom.step(-1) },
  ]);
}
