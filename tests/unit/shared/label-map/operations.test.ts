import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../../shared/label-map/edit.js';
import { fill } from '../../../../shared/label-map/fill.js';
import { grow, shrink } from '../../../../shared/label-map/grow.js';
import { fillHoles } from '../../../../shared/label-map/holes.js';
import { removeIslands } from '../../../../shared/label-map/islands.js';
import type { Outcome } from '../../../../shared/label-map/outcome.js';
import { applyPatch } from '../../../../shared/label-map/patch.js';
import { fillOutline, outlineModes, replaceOutline } from '../../../../shared/label-map/polygon.js';
import { contains, wholeOf } from '../../../../shared/label-map/rect.js';
import { fillMask, replaceAll } from '../../../../shared/label-map/replace.js';
import type { Protection } from '../../../../shared/label-map/rules.js';
import { smooth } from '../../../../shared/label-map/smooth.js';
import { stroke } from '../../../../shared/label-map/stroke.js';
import { fillSuperpixel } from '../../../../shared/label-map/superpixel.js';
import { tipOf } from '../../../../shared/label-map/tip.js';
import { colourDistances, wand } from '../../../../shared/label-map/wand.js';
import type { LabelMap } from '../../../../shared/types.js';
import { copyOf, editOf, maps, protections } from '../../../support/label-map.js';

interface Draw {
  label: number;
  a: { x: number; y: number };
  b: { x: number; y: number };
  size: number;
}
type Operation = (edit: Edit, draw: Draw) => Outcome;

const inside = ({ map: { width, height } }: Edit, { x, y }: { x: number; y: number }) => ({ x: x % width, y: y % height }); // prettier-ignore
const photoOf = ({ width, height, data }: LabelMap) => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (data[i >> 2] * 40 + (i % 7)) % 256),
});
const outline = (mode: (typeof outlineModes)[number]): Operation => (edit, { label, a, b, size }) =>
  fillOutline(edit, [a, b, { x: a.y, y: b.x }, { x: size, y: a.x }], label, mode); // prettier-ignore

/** Every operation, with whatever it draws. */
const operations: Record<string, Operation> = {
  brush: (edit, { a, b, size, label }) => stroke(edit, a, b, tipOf('round', size), label),
  'square brush': (edit, { a, b, size, label }) => stroke(edit, a, b, tipOf('square', size), label),
  eraser: (edit, { a, b, size }) => stroke(edit, a, b, tipOf('round', size), 0),
  ...Object.fromEntries(outlineModes.map((mode) => [`outline, ${mode}`, outline(mode)])),
  fill: (edit, { a, label }) => fill(edit, inside(edit, a), label),
  'fill holes': (edit, { label }) => fillHoles(edit, label),
  wand: (edit, { a, size, label }) => {
    const seed = inside(edit, a);
    return wand(edit, colourDistances(photoOf(edit.map), seed), seed, size * 4, label);
  },
  superpixel: (edit, { a, label }) => {
    const labels = Int32Array.from(edit.map.data, (value, i) => (value + Math.floor(i / 5)) % 4);
    return fillSuperpixel(edit, { ...edit.map, labels, count: 4 }, inside(edit, a), label);
  },
  grow: (edit, { label, size }) => grow(edit, label, size),
  shrink: (edit, { label, size }) => shrink(edit, label, size),
  smooth: (edit, { size }) => smooth(edit, 1 + (size % 3)),
  'remove islands': (edit, { label, size }) => removeIslands(edit, label, size),
  'derive in an outline': (edit, { a, b, size, label }) => {
    const derived = edit.map.data.map((old, i) => (i % 3 === 0 ? old : (old + label + i) % 4));
    return replaceOutline(edit, [a, b, { x: a.y, y: b.x }, { x: size, y: a.x }], derived);
  },
  'fill a mask': (edit, { label, size }) => fillMask(edit, edit.map.data.map((_, i) => Number(i % (size + 2) < 3)), label), // prettier-ignore
  replace: (edit, { label }) => replaceAll(edit, new Uint8Array(edit.map.data.length).fill(label)),
};

const places = fc.record({ x: fc.integer({ min: -3, max: 27 }), y: fc.integer({ min: -3, max: 27 }) });
const draws: fc.Arbitrary<Draw> = fc.record({
  label: fc.constantFrom(0, 1, 2, 3, 255),
  a: places.map(({ x, y }) => ({ x: Math.abs(x), y: Math.abs(y) })),
  b: places,
  size: fc.integer({ min: 1, max: 9 }),
});

/** Whether protection lets a pixel change from one label to another. */
function may({ over, current, hidden, locked }: Protection, from: number, to: number): boolean {
  if (locked.has(from) || locked.has(to)) return false;
  if (over === 'visible') return !hidden.has(from);
  if (over === 'current') return from === current;
  return over === 'all' || from === 0 || to === 0;
}

describe.each(Object.entries(operations))('%s', (_name, operation) => {
  it('stays inside clip, locks and paint-over mode, says where it was, and is undone and redone to the byte', () => {
    fc.assert(
      fc.property(maps, protections, draws, (map, protection, draw) => {
        const before = copyOf(map);
        const edit = editOf(map, protection);
        const outcome = operation(edit, draw);
        const clip = edit.rules.clip;
        const changed = [...map.data.keys()].filter((i) => map.data[i] !== before.data[i]);
        expect(outcome.ok).toBe(changed.length > 0);
        for (const i of changed) {
          const at = { x: i % map.width, y: Math.floor(i / map.width) };
          expect(may(protection, before.data[i], map.data[i])).toBe(true);
          expect(contains(clip, at) && outcome.ok && contains(outcome.touched, at)).toBe(true);
        }
        const after = copyOf(map);
        const patch = edit.patch();
        expect(patch !== null).toBe(changed.length > 0);
        if (!patch) return;
        const redo = applyPatch(map, patch);
        expect(map).toEqual(before);
        applyPatch(map, redo);
        expect(map).toEqual(after);
        expect(edit.restore()).toEqual(patch.rect);
        expect(map).toEqual(before);
      }),
      { seed: 71, numRuns: 60 },
    );
  });
});

it('says why nothing was done', () => {
  const map: LabelMap = { width: 4, height: 4, data: new Uint8Array(16) };
  const reason = (protection: Partial<Protection>, operation: (edit: Edit) => Outcome) => operation(editOf(map, protection)); // prettier-ignore
  const corner = { x: 0, y: 0 };
  expect(reason({ locked: new Set([1]) }, (edit) => fill(edit, corner, 1))).toEqual({ ok: false, reason: 'locked' });
  const clip = { ...wholeOf(map), left: 2 };
  expect(reason({ clip }, (edit) => fill(edit, corner, 1))).toEqual({ ok: false, reason: 'outside' });
  expect(reason({}, (edit) => fill(edit, corner, 0))).toEqual({ ok: false, reason: 'unchanged' });
  expect(reason({}, (edit) => fillOutline(edit, [corner, corner], 1, 'add'))).toEqual({ ok: false, reason: 'shape' });
});
