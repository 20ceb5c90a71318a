import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import type { ArrowKey } from '../../../../renderer/canvas/key-cursor.js';
import type { ToolName } from '../../../../renderer/canvas/tools/index.js';
import { useKeyCursor } from '../../../../renderer/composables/useKeyCursor.js';
import type { View } from '../../../../renderer/composables/zoom.js';
import { blank, drawn } from '../../../support/label-map.js';
import { TestEditor } from '../../../support/renderer/editor.js';

let scope: EffectScope | undefined;
afterEach(() => {
  scope?.stop();
  document.body.replaceChildren();
});

/** A stage with a real editor, of 8x4 pixels unless said otherwise, and the cursor at its upper left pixel. */
function stage(tool: ToolName = 'brush', map = blank(8, 4)) {
  const one = new TestEditor(map).take(tool);
  one.scale = 0.01;
  const element = document.createElement('div');
  element.tabIndex = 0;
  document.body.append(element);
  const view = ref<View>({ scale: 10, x: 0, y: 0 });
  const picture = ref({ width: map.width, height: map.height });
  scope?.stop();
  scope = effectScope();
  const cursor = scope.run(() =>
    useKeyCursor({
      element: ref(element),
      view,
      room: ref({ width: 80, height: 40 }),
      picture: () => picture.value,
      pan: (dx, dy) => (view.value = { ...view.value, x: view.value.x + dx, y: view.value.y + dy }),
      tool: () => one.editor.tool,
      busy: () => one.editor.state !== 'idle',
      send: (event, at) => one.editor.send(event, at),
      interrupt: () => one.editor.interrupt(),
      cancel: () => void one.editor.cancel(),
    }),
  )!;

  function go(way: 'Up' | 'Down' | 'Left' | 'Right', pixels = 1) {
    cursor.move(`Arrow${way}` as ArrowKey, pixels);
    return acts;
  }
  const space = { code: 'Space', repeat: false };
  const letGo = (code = 'Space'): void => void window.dispatchEvent(new KeyboardEvent('keyup', { code }));
  /** Presses a key and lets it go at once. */
  function tap(how: { erase?: boolean; shift?: boolean } = {}) {
    cursor.press(space, how);
    letGo();
    return acts;
  }
  const acts = { go, tap };
  cursor.toggle();
  go('Left', 100).go('Up', 100).go('Right').go('Down');
  return { one, cursor, element, view, picture, space, letGo, ...acts };
}

describe('a cursor moved by keys', () => {
  it('comes with the focus, counts while it has it, and goes', () => {
    const { cursor, element } = stage();
    expect([cursor.at.value, cursor.place.value, document.activeElement]).toEqual([{ x: 0, y: 0 }, { x: 0.5, y: 0.5 }, element]); // prettier-ignore
    expect(cursor.active()).toBe(true);
    element.blur();
    expect(cursor.active()).toBe(false);
    cursor.toggle();
    expect([cursor.active(), cursor.at.value]).toEqual([true, { x: 0, y: 0 }]);
    cursor.toggle();
    expect(cursor.at.value).toBeNull();
  });

  it('paints between two presses, in one step', () => {
    const { one, cursor, tap } = stage();
    tap().go('Right', 3).go('Down');
    expect([cursor.held.value, one.steps, one.rows.slice(0, 2)]).toEqual([true, 0, ['1111....', '...1....']]);
    tap().go('Right', 2);
    expect([cursor.held.value, one.steps, one.rows[1]]).toEqual([false, 1, '...1....']);
  });

  it('paints while the key is held and the cursor moves', () => {
    const { one, cursor, space, letGo, go } = stage();
    cursor.press(space);
    cursor.press({ ...space, repeat: true });
    go('Right', 2);
    letGo('ShiftLeft');
    expect(cursor.held.value).toBe(true);
    letGo();
    go('Right', 3);
    expect([cursor.held.value, one.steps, one.rows[0]]).toEqual([false, 1, '111.....']);
  });

  it('erases, and goes straight on from the last stroke', () => {
    const { one, cursor, go, tap } = stage('brush', drawn('22222222', '22222222'));
    tap({ erase: true });
    expect(cursor.erasing.value).toBe(true);
    go('Right', 2).tap({ erase: true });
    expect([cursor.erasing.value, one.rows[0]]).toEqual([false, '...22222']);
    go('Down').go('Right').tap().tap();
    go('Right', 3).tap({ shift: true }).tap();
    expect(one.rows[1]).toBe('2221111' + '2');
  });

  it('clicks where a tool draws between clicks: a polygon corner by corner, as far as the last pixels', () => {
    const { one, cursor, tap } = stage('polygon');
    tap().go('Right', 8);
    expect([cursor.held.value, one.draft]).toMatchObject([false, { corners: [{ x: 0.5, y: 0.5 }, { x: 8.5, y: 0.5 }] }]); // prettier-ignore
    tap().go('Down', 2).tap().go('Left', 8).tap();
    one.key('Enter');
    expect(one.rows).toEqual(['11111111', '11111111', '........', '........']);
  });

  it('fills at once, draws a lasso while it is down, and drags the tolerance of the wand', () => {
    const fill = stage('fill', drawn('22..', '22..'));
    fill.tap().go('Right', 3);
    expect([fill.cursor.held.value, fill.one.rows]).toEqual([false, ['11..', '11..']]);
    const lasso = stage('lasso');
    lasso.tap().go('Right', 4).go('Down', 2).go('Left', 4).tap();
    expect(lasso.one.rows).toEqual(['1111....', '1111....', '........', '........']);
    const wand = stage('wand', blank(4, 1));
    wand.one.photo = { width: 4, height: 1, data: Uint8ClampedArray.from([0, 9, 30, 90].flatMap((grey) => [grey, grey, grey, 255])) }; // prettier-ignore
    wand.one.scale = 0.1;
    wand.tap();
    expect(wand.one.rows).toEqual(['11..']);
    wand.go('Right', 4).tap();
    expect([wand.one.rows, wand.one.settings.tolerance, wand.one.steps]).toEqual([['111.'], 30, 1]);
  });

  it('gives up what is in hand first, and then itself', () => {
    const { one, cursor, go, tap } = stage();
    tap().go('Right', 2);
    cursor.escape();
    expect([one.rows[0], cursor.held.value, cursor.at.value]).toEqual(['........', false, { x: 2, y: 0 }]);
    go('Right');
    expect(one.rows[0]).toBe('........');
    cursor.escape();
    expect(cursor.at.value).toBeNull();
  });

  it('keeps what is painted when the keyboard goes elsewhere, and when it ends itself', () => {
    const { one, cursor, element, go, tap } = stage();
    tap().go('Right');
    element.blur();
    expect([one.path, cursor.held.value, one.rows[0]]).toEqual(['brush.idle', false, '11......']);
    cursor.toggle();
    go('Down').tap().go('Right', 2);
    cursor.toggle();
    expect([one.path, one.steps, one.rows[1]]).toEqual(['brush.idle', 2, '.111....']);
  });

  it('is lifted with a stroke that something else ended: the next press puts the tool down', () => {
    const { one, cursor, go, tap } = stage();
    tap().go('Right');
    one.undo();
    cursor.settle();
    expect(cursor.held.value).toBe(false);
    tap().go('Down');
    one.take('fill');
    one.take('brush');
    go('Down').tap();
    expect([cursor.held.value, one.path]).toEqual([true, 'brush.pointing']);
  });

  it('has the view follow it, and begins anew on another picture', () => {
    const { cursor, view, picture, go, tap } = stage();
    view.value = { scale: 40, x: 0, y: 0 };
    go('Right', 6);
    const { x, scale } = view.value;
    expect(cursor.place.value!.x * scale + x).toBeCloseTo(60);
    tap();
    picture.value = { width: 3, height: 3 };
    view.value = { scale: 1, x: 10, y: 10 };
    cursor.restart();
    expect([cursor.held.value, cursor.at.value]).toEqual([false, { x: 1, y: 1 }]);
  });
});
