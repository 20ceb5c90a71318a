import { useEventListener } from '@vueuse/core';
import { offered } from '../commands/command.js';
import { imageTable } from '../commands/tables/image.js';
import { menuTable } from '../commands/tables/menu.js';
import { useLayers } from '../stores/layers.js';
import { useCommands } from './useCommands.js';

interface ImageScreen {
  /** Goes some images on, or back. */
  go(steps: number): void;
  back(): void;
  layerKeys(): string[];
  zoom: { fit(): void; actual(): void; step(notches: number): void };
}

/** Milliseconds after which a held key is a look underneath, and no switch. */
const HELD = 250;

/** Keys of the screen of one image. */
export function useImageCommands({ go, back, layerKeys, zoom }: ImageScreen): void {
  const layers = useLayers();
  let pressed = { code: '', at: 0 };

  function peek(event?: KeyboardEvent): void {
    if (event?.repeat) return;
    pressed = { code: event?.code ?? '', at: performance.now() };
    layers.peeking = !layers.peeking;
  }
  useEventListener(window, 'keyup', ({ code }: KeyboardEvent) => {
    if (pressed.code === '' || code !== pressed.code) return;
    if (performance.now() - pressed.at > HELD) layers.peeking = false;
    pressed = { code: '', at: 0 };
  });

  useCommands([
    ...offered(menuTable, { 'go.next': () => go(1), 'go.previous': () => go(-1) }),
    ...offered(imageTable, {
      'image.back': back,
      'layer.peek': peek,
      'layer.cycle': () => layers.cycle(layerKeys()),
      'layer.stronger': () => layers.fade(1),
      'layer.weaker': () => layers.fade(-1),
      'zoom.fit': () => zoom.fit(),
      'zoom.actual': () => zoom.actual(),
      'zoom.in': () => zoom.step(1),
      'zoom.out': () => zoom.step(-1),
    }),
  ]);
}
