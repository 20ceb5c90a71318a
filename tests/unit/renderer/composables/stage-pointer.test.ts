import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import { pinchOf } from '../../../../renderer/canvas/pinch.js';
import { useStagePointer } from '../../../../renderer/composables/useStagePointer.js';

let scope: EffectScope | undefined;
afterEach(() => scope?.stop());

/** A stage at (100, 50) whose image is shown at twice its size, and all that it is told. */
function stage({ hand = false } = {}) {
  const said: string[] = [];
  const element = document.createElement('div');
  element.getBoundingClientRect = () => ({ left: 100, top: 50 }) as DOMRect;
  element.setPointerCapture = () => undefined;
  const round = (value: number): number => Math.round(value * 100) / 100;
  scope?.stop();
  scope = effectScope();
  const pointer = scope.run(() =>
    useStagePointer({
      element: ref(element),
      view: ref({ scale: 2, x: 0, y: 0 }),
      pans: () => hand,
      pan: (dx, dy) => said.push(`pan ${round(dx)} ${round(dy)}`),
      zoom: (factor, at) => said.push(`zoom ${round(factor)} at ${at.x} ${at.y}`),
      send: (event, { x, y, erase }) => said.push(`${event} ${x} ${y}${erase ? ' erase' : ''}`),
      interrupt: () => said.push('interrupt'),
      cancel: () => said.push('cancel'),
    }),
  )!;
  const event = (pointerType: string, pointerId: number, x: number, y: number, button = 0): PointerEvent =>
    ({ pointerType, pointerId, button, clientX: 100 + x, clientY: 50 + y, shiftKey: false, altKey: false, preventDefault: () => undefined }) as unknown as PointerEvent; // prettier-ignore
  return { pointer, said, event };
}

describe('pointers over the stage', () => {
  it('paint by the left button, a finger or a pen, in coordinates of the image', () => {
    for (const type of ['mouse', 'touch', 'pen']) {
      const { pointer, said, event } = stage();
      pointer.onDown(event(type, 1, 20, 10));
      pointer.onMove(event(type, 1, 22, 14));
      pointer.onUp(event(type, 1, 22, 14));
      expect(said).toEqual(['down 10 5', 'move 11 7', 'up 11 7']);
    }
  });

  it('erase by the right button and by the end of a pen', () => {
    for (const [type, button] of [['mouse', 2], ['pen', 5]] as const) {
      const { pointer, said, event } = stage();
      pointer.onDown(event(type, 1, 20, 10, button));
      pointer.onUp(event(type, 1, 20, 10, button));
      expect(said).toEqual(['down 10 5 erase', 'up 10 5 erase']);
      expect(pointer.erasing.value).toBe(false);
    }
  }); // prettier-ignore

  it('give up what one finger began when a second comes, which zoom and pan until both are gone', () => {
    const { pointer, said, event } = stage();
    pointer.onDown(event('touch', 1, 20, 20));
    pointer.onMove(event('touch', 1, 22, 20));
    pointer.onDown(event('touch', 2, 62, 20));
    said.length = 0;
    pointer.onMove(event('touch', 2, 102, 20));
    expect(said).toEqual(['zoom 2 at 42 20', 'pan 20 0']);
    pointer.onUp(event('touch', 2, 102, 20));
    pointer.onMove(event('touch', 1, 30, 30));
    pointer.onUp(event('touch', 1, 30, 30));
    expect(said.filter((words) => /^(down|move|up)/.test(words))).toEqual([]);
    pointer.onDown(event('touch', 3, 2, 4));
    expect(said.at(-1)).toBe('down 1 2');
  });

  it('cancel the stroke, for it was not meant', () => {
    const { pointer, said, event } = stage();
    pointer.onDown(event('touch', 1, 20, 20));
    pointer.onDown(event('touch', 2, 60, 20));
    expect(said).toEqual(['down 10 10', 'cancel']);
  });

  it('pass a palm by beside a pen, and let a pen take over from one', () => {
    const { pointer, said, event } = stage();
    pointer.onDown(event('pen', 1, 20, 20));
    pointer.onDown(event('touch', 2, 60, 60));
    pointer.onMove(event('touch', 2, 70, 60));
    pointer.onMove(event('pen', 1, 24, 20));
    pointer.onUp(event('touch', 2, 70, 60));
    pointer.onUp(event('pen', 1, 24, 20));
    expect(said).toEqual(['down 10 10', 'move 12 10', 'up 12 10']);
    said.length = 0;
    pointer.onDown(event('touch', 3, 60, 60));
    pointer.onDown(event('pen', 1, 20, 20));
    pointer.onMove(event('touch', 3, 80, 60));
    pointer.onUp(event('pen', 1, 20, 20));
    expect(said).toEqual(['down 30 30', 'cancel', 'down 10 10', 'up 10 10']);
  });

  it('keep what a lost pointer has painted', () => {
    const { pointer, said, event } = stage();
    pointer.onDown(event('touch', 1, 20, 20));
    pointer.onCancel(event('touch', 1, 20, 20));
    expect(said).toEqual(['down 10 10', 'interrupt']);
    const other = stage({ hand: true });
    other.pointer.onDown(other.event('mouse', 1, 0, 0));
    other.pointer.onMove(other.event('mouse', 1, 6, 4));
    expect(other.said).toEqual(['pan 6 4']);
  });
});

it('Space pans, unless a command has taken the key', () => {
  const { pointer, said, event } = stage();
  const press = (taken: boolean): void => {
    const key = new KeyboardEvent('keydown', { key: ' ', cancelable: true });
    if (taken) key.preventDefault();
    window.dispatchEvent(key);
  };
  press(true);
  expect(pointer.panning.value).toBe(false);
  press(false);
  expect(pointer.panning.value).toBe(true);
  pointer.onDown(event('mouse', 1, 0, 0));
  pointer.onMove(event('mouse', 1, 6, 4));
  expect(said).toEqual(['pan 6 4']);
});

it('two fingers that turn about each other change nothing but the place', () => {
  const before = [{ x: 0, y: 0 }, { x: 40, y: 0 }] as const;
  expect(pinchOf(before, [{ x: 20, y: -20 }, { x: 20, y: 20 }])).toEqual({ factor: 1, at: { x: 20, y: 0 }, dx: 0, dy: 0 });
  expect(pinchOf(before, [{ x: 10, y: 5 }, { x: 50, y: 5 }])).toEqual({ factor: 1, at: { x: 20, y: 0 }, dx: 10, dy: 5 });
  expect(pinchOf([{ x: 0, y: 0 }, { x: 0, y: 0 }], before).factor).toBe(5);
}); // prettier-ignore
