import { describe, expect, it } from 'vitest';
import { actionNames, actions } from '../../../../renderer/canvas/actions.js';
import { tools, toolNames } from '../../../../renderer/canvas/tools/index.js';
import type { LabelMap } from '../../../../shared/types.js';
import { blank, drawn } from '../../../support/label-map.js';
import { TestEditor } from '../../../support/renderer/editor.js';

const editor = (...rows: string[]): TestEditor => new TestEditor(drawn(...rows));

describe('brush and eraser', () => {
  it('paint a stroke that is one step, from state to state', () => {
    const one = editor('.....', '.....').pointerDown(0.5, 0.5);
    expect([one.path, one.rows[0]]).toEqual(['brush.pointing', '1....']);
    one.pointerMove(2.5, 0.5).pointerMove(3.5, 1.5);
    expect([one.path, one.rows, one.steps]).toEqual(['brush.painting', ['111..', '...1.'], 0]);
    one.pointerUp(3.5, 1.5);
    expect([one.path, one.steps, one.editor.history.names]).toEqual(['brush.idle', 1, [{ action: 'brush', label: 1 }]]);
    expect(one.undo().rows).toEqual(['.....', '.....']);
    expect(one.redo().rows).toEqual(['111..', '...1.']);
  });

  it('give a stroke up in the middle, and keep it where something else takes over', () => {
    const one = editor('2....').pointerDown(0.5, 0.5).pointerMove(3.5, 0.5).key('Escape');
    expect([one.path, one.rows[0], one.steps]).toEqual(['brush.idle', '2....', 0]);
    expect(one.pointerMove(4.5, 0.5).pointerUp(4.5, 0.5).rows[0]).toBe('2....');
    one.pointerDown(0.5, 0.5).pointerMove(1.5, 0.5).take('fill');
    expect([one.path, one.rows[0], one.steps]).toEqual(['fill.idle', '11...', 1]);
  });

  it('undo gives up the stroke in hand first', () => {
    const one = editor('....').click(0.5, 0.5).pointerDown(2.5, 0.5).pointerMove(3.5, 0.5).undo();
    expect([one.rows[0], one.steps]).toEqual(['1...', 1]);
    expect(one.undo().rows[0]).toBe('....');
    one.undo();
    expect(one.refusals).toEqual(['unchanged']);
  });

  it('erase with the right button or Alt by the size of the eraser, and with Shift go straight on', () => {
    const one = editor('22222');
    one.settings.eraserSize = 3;
    one.click(2.5, 0.5, { erase: true });
    expect(one.rows[0]).toBe('2...2');
    one.click(0.5, 0.5).click(3.5, 0.5, { shift: true });
    expect(one.rows[0]).toBe('11112');
    expect(one.take('eraser').click(1.5, 0.5).rows[0]).toBe('...12');
  });
});

describe('polygon and lasso', () => {
  const square = (one: TestEditor, more = {}): TestEditor =>
    one.click(1, 1, more).click(4, 1).click(4, 3).pointerMove(2, 3).click(1, 3);
  const empty = (): TestEditor => {
    const one = new TestEditor(blank(12, 6)).take('polygon');
    one.scale = 0.1;
    return one;
  };

  it('closes by Enter, and takes corners back', () => {
    const one = square(empty());
    expect([one.path, one.draft]).toMatchObject(['polygon.pointing', { kind: 'outline', corners: { length: 4 } }]);
    one.click(9, 5).key('Backspace').key('Enter');
    expect(one.rows.slice(0, 4)).toEqual(['............', '.111........', '.111........', '............']);
    expect([one.path, one.draft, one.steps]).toEqual(['polygon.idle', null, 1]);
    one.click(1, 1).key('Backspace');
    expect([one.path, one.key('Enter').steps]).toEqual(['polygon.idle', 1]);
  });

  it('closes by a click on its first corner', () => {
    const one = new TestEditor(blank(40, 20)).take('polygon').click(1, 1).click(30, 1).click(30, 15).click(2, 2);
    expect([one.path, one.steps]).toEqual(['polygon.idle', 1]);
  });

  it('takes away, or leaves only the inside', () => {
    const one = empty();
    one.map.data.fill(1);
    square(one, { erase: true }).key('Enter');
    expect(one.rows[1]).toBe('1...11111111');
    one.undo();
    one.settings.outline = 'intersect';
    square(one).key('Enter');
    expect(one.rows.slice(0, 3)).toEqual(['............', '.111........', '.111........']);
    expect(one.editor.history.names).toEqual([{ action: 'intersect', label: 1 }]);
  });

  it('is dropped by Escape and by another tool, and says where it has no inside', () => {
    const one = square(empty()).key('Escape');
    expect([one.path, one.draft, one.steps]).toEqual(['polygon.idle', null, 0]);
    square(one).take('brush');
    expect([one.draft, one.steps]).toEqual([null, 0]);
    one.take('polygon').click(1, 1).click(3, 3).key('Enter');
    expect(one.refusals).toEqual(['shape']);
  });

  it('is drawn freely by the lasso; a click alone does nothing', () => {
    const one = new TestEditor(blank(8, 6)).take('lasso').click(3, 3);
    expect([one.path, one.steps]).toEqual(['lasso.idle', 0]);
    one.pointerDown(1, 1).pointerMove(5, 1).pointerMove(5, 4).pointerMove(1, 4);
    expect([one.path, one.draft]).toMatchObject(['lasso.painting', { closed: true }]);
    one.pointerUp(1, 4);
    expect([one.rows[1], one.rows[4], one.draft, one.steps]).toEqual(['.1111...', '........', null, 1]);
    expect(one.pointerDown(1, 1).pointerMove(5, 1).pointerMove(5, 4).key('Escape').steps).toBe(1);
  });
});

describe('fill, wand and superpixels', () => {
  it('fill fills a region at a click', () => {
    const one = editor('..1..', '..1..').take('fill').click(0.5, 0.5);
    expect([one.path, one.rows, one.steps]).toEqual(['fill.idle', ['111..', '111..'], 1]);
    one.settings.locked = new Set([1]);
    one.click(4, 0.5).click(9, 0.5);
    expect([one.refusals, one.steps]).toEqual([['locked', 'outside'], 1]);
  });

  it('the wand takes more the further it is dragged, as one step', () => {
    const one = editor('......').take('wand').click(0.5, 0.5);
    expect(one.refusals).toEqual(['waiting']);
    const greys = [0, 8, 16, 24, 32, 200];
    one.photo = { width: 6, height: 1, data: Uint8ClampedArray.from(greys.flatMap((grey) => [grey, grey, grey, 255])) };
    one.pointerDown(0.5, 0.5);
    expect([one.path, one.rows[0]]).toEqual(['wand.pointing', '11....']);
    one.pointerMove(30.5, 0.5);
    expect([one.path, one.rows[0], one.settings.tolerance]).toEqual(['wand.painting', '1111..', 25]);
    one.pointerMove(-15.5, 0.5);
    expect([one.rows[0], one.settings.tolerance]).toEqual(['1.....', 2]);
    one.pointerMove(50.5, 0.5).pointerUp(50.5, 0.5);
    expect([one.rows[0], one.steps, one.undo().rows[0]]).toEqual(['11111.', 1, '......']);
    one.pointerDown(0.5, 0.5).pointerMove(9, 0.5).key('Escape');
    expect([one.rows[0], one.steps]).toEqual(['......', 2]);
  });

  it('superpixels are taken as they are passed over', () => {
    const one = editor('......').take('superpixel').click(0.5, 0.5);
    expect(one.refusals).toEqual(['waiting']);
    one.superpixels = { width: 6, height: 1, count: 3, labels: Int32Array.of(0, 0, 1, 1, 2, 2) };
    one.pointerDown(0.5, 0.5).pointerMove(2.5, 0.5).pointerUp(2.5, 0.5);
    expect([one.rows[0], one.steps, one.undo().rows[0]]).toEqual(['1111..', 1, '......']);
  });
});

describe('the other tools', () => {
  it('pick a label, draw the clip, and measure', () => {
    const one = editor('..2...', '......').take('pick').click(2.5, 0.5);
    expect(one.picked).toBe(2);
    one.take('clip').pointerDown(1.5, 0.5).pointerMove(3.5, 1.5);
    expect(one.draft).toEqual({ kind: 'box', rect: { left: 1, top: 0, right: 4, bottom: 2 } });
    one.pointerUp(3.5, 1.5);
    one.take('brush').pointerDown(0.5, 0.5).pointerMove(5.5, 0.5).pointerUp(5.5, 0.5);
    expect(one.rows).toEqual(['.111..', '......']);
    expect(one.take('clip').click(0, 0).settings.clip).toBeNull();
    one.take('measure').pointerDown(0, 0).pointerMove(3, 4).pointerUp(3, 4);
    expect(one.draft).toMatchObject({ kind: 'line', from: { x: 0, y: 0 }, to: { x: 3, y: 4 } });
    expect(one.take('hand').click(1, 1).steps).toBe(1);
  });
});

describe('actions', () => {
  it('are steps with names; the history goes to any of them', () => {
    const one = editor('11111', '1.1.1', '11111');
    for (const name of ['holes', 'shrink', 'grow'] as const) one.editor.act(name);
    expect(one.editor.history.names.map(({ action }) => action)).toEqual(['holes']);
    one.editor.act('holes', 2);
    expect(one.refusals).toEqual(['unchanged', 'unchanged', 'unchanged']);
    one.editor.change({ action: 'reset' }, (edit) => {
      edit.span(0, 0, 5, 0);
      return edit.outcome();
    });
    one.editor.goTo(0);
    expect(one.rows[1]).toBe('1.1.1');
    one.editor.goTo(2);
    expect([one.rows, one.editor.history.position]).toEqual([['.....', '11111', '11111'], 2]);
  });
});

it('no two tools or actions have one key', () => {
  const keys = [...toolNames.map((name) => tools[name].key), ...actionNames.map((name) => actions[name].key)];
  expect(new Set(keys).size).toBe(keys.length);
});

describe('deriving anew inside an outline', () => {
  const traced = (one: TestEditor): TestEditor =>
    one.take('rederive').pointerDown(1, 1).pointerMove(4, 1).pointerMove(4, 3).pointerMove(1, 3).pointerUp(1, 3);

  it('takes the derived labels inside of it as one step, and leaves what is locked', () => {
    const one = editor('.....', '.2...', '.3...', '.....');
    one.derived = drawn('11111', '11121', '11.11', '11111');
    one.settings.locked = new Set([3]);
    traced(one);
    expect(one.rows).toEqual(['.....', '.112.', '.3.1.', '.....']);
    expect(one.editor.history.names).toEqual([{ action: 'rederive' }]);
    expect(one.undo().rows).toEqual(['.....', '.2...', '.3...', '.....']);
  });

  it('says that there is nothing to derive it from, and changes nothing when it is given up', () => {
    const one = traced(editor('.....', '.....', '.....', '.....'));
    expect([one.refusals, one.steps, one.path]).toEqual([['underived'], 0, 'rederive.idle']);
    one.derived = drawn('11111', '11111', '11111', '11111');
    one.pointerDown(1, 1).pointerMove(4, 1).pointerMove(4, 3).key('Escape').pointerUp(4, 3);
    expect([one.rows[1], one.steps, one.draft]).toEqual(['.....', 0, null]);
  });
});

describe('clicks that a model answers', () => {
  type Asked = { points: readonly { x: number; y: number; positive: boolean }[]; done(mask: LabelMap | null): void };
  function clicking(...rows: string[]): { one: TestEditor; asked: Asked[] } {
    const asked: Asked[] = [];
    const one = editor(...rows).take('click');
    one.segment = (points, done) => {
      asked.push({ points, done });
      return true;
    };
    return { one, asked };
  }
  const answer = drawn('11..', '11..');

  it('show the answer over the mask, and give it the chosen label by Enter, under the rules', () => {
    const { one, asked } = clicking('2...', '....');
    one.settings.locked = new Set([2]);
    one.settings.label = 3;
    one.click(0.5, 0.5).click(3.5, 1.5, { erase: true });
    expect(asked[1].points).toEqual([
      { x: 0.5, y: 0.5, positive: true },
      { x: 3.5, y: 1.5, positive: false },
    ]);
    expect([one.path, one.draft, one.steps]).toMatchObject(['click.pointing', { kind: 'clicks', mask: null }, 0]);
    asked[1].done(answer);
    expect([one.draft, one.rows[1]]).toMatchObject([{ mask: answer }, '....']);
    one.key('Enter');
    expect([one.path, one.draft, one.rows]).toEqual(['click.idle', null, ['23..', '33..']]);
    expect(one.editor.history.names).toEqual([{ action: 'click', label: 3 }]);
    expect(one.undo().rows).toEqual(['2...', '....']);
  });

  it('pass answers by that come too late, and take the last click back', () => {
    const { one, asked } = clicking('....', '....');
    one.click(0.5, 0.5).click(1.5, 0.5);
    asked[0].done(answer);
    expect(one.draft).toMatchObject({ mask: null });
    one.key('Backspace');
    expect(asked[2].points).toHaveLength(1);
    asked[1].done(answer);
    expect(one.draft).toMatchObject({ points: { length: 1 }, mask: null });
    one.key('Enter');
    expect([one.refusals, one.steps]).toEqual([['waiting'], 0]);
    one.key('Backspace');
    asked[2].done(answer);
    expect([one.path, one.draft]).toEqual(['click.idle', null]);
  });

  it('are given up by Escape or another tool, with nothing changed', () => {
    const { one, asked } = clicking('....', '....');
    one.click(0.5, 0.5);
    asked[0].done(answer);
    one.key('Escape');
    expect([one.draft, one.steps, one.rows[0]]).toEqual([null, 0, '....']);
    one.click(0.5, 0.5).take('brush');
    asked[1].done(answer);
    expect([one.draft, one.steps]).toEqual([null, 0]);
  });

  it('say that there is no model, and that a place is beside the photo', () => {
    const one = editor('....').take('click').click(0.5, 0.5);
    expect([one.refusals, one.path, one.draft]).toEqual([['unmodelled'], 'click.idle', null]);
    one.segment = () => true;
    one.click(9, 0.5);
    expect([one.refusals[1], one.path]).toEqual(['outside', 'click.idle']);
  });
});
