import { describe, expect, it } from 'vitest';
import {
  cursorMoved,
  cursorPlace,
  cursorStart,
  panToCursor,
  type ArrowKey,
} from '../../../../renderer/canvas/key-cursor.js';
import { stageCursor } from '../../../../renderer/canvas/stage-cursor.js';
import { plainSettings } from '../../../support/renderer/editor.js';

const picture = { width: 160, height: 120 };

describe('the cursor that keys move', () => {
  it('begins in the middle of what is in view', () => {
    const stage = { width: 400, height: 200 };
    expect(cursorStart({ scale: 1, x: 120, y: 40 }, stage, picture)).toEqual({ x: 80, y: 60 });
    expect(cursorStart({ scale: 10, x: -100, y: 0 }, stage, picture)).toEqual({ x: 30, y: 10 });
    // Nothing of the picture is in view: at its edge.
    expect(cursorStart({ scale: 10, x: -9000, y: 0 }, stage, picture)).toEqual({ x: 159, y: 10 });
  });

  it.each<[ArrowKey, number, number, number]>([
    ['ArrowUp', 1, 80, 59],
    ['ArrowDown', 10, 80, 70],
    ['ArrowLeft', 1, 79, 60],
    ['ArrowRight', 10, 90, 60],
    ['ArrowRight', 100, 160, 60],
    ['ArrowUp', 100, 80, -1],
  ])('goes by %s and %i px to %i, %i, a pixel beyond the edge at most', (key, pixels, x, y) =>
    expect(cursorMoved({ x: 80, y: 60 }, key, pixels, picture)).toEqual({ x, y }),
  );

  it('is in the middle of its pixel', () => expect(cursorPlace({ x: -1, y: 4 })).toEqual({ x: -0.5, y: 4.5 }));

  it('has the picture moved only where it leaves the stage, and then until it is in view', () => {
    const [view, stage] = [{ scale: 4, x: -100, y: 0 }, { width: 400, height: 200 }]; // prettier-ignore
    expect(panToCursor(view, stage, { x: 60, y: 20 })).toEqual({ dx: 0, dy: 0 });
    const { dx, dy } = panToCursor(view, stage, { x: 20, y: 60 });
    expect([dx, dy]).toEqual([50, -74]);
    expect(panToCursor({ ...view, x: view.x + dx, y: view.y + dy }, stage, { x: 20, y: 60 })).toEqual({ dx: 0, dy: 0 });
    expect(panToCursor({ scale: 1, x: 0, y: 0 }, { width: 40, height: 40 }, { x: 38, y: 20 }).dx).toBe(-8.5);
  });
});

describe('the cursor on the stage', () => {
  const settings = { ...plainSettings(), brushSize: 9, eraserSize: 5 };
  const at = { x: 3.5, y: 4.5 };
  const held = { at, settings, erasing: false, byKeys: null };

  it('is the tip of brush or eraser at its true size', () => {
    expect(stageCursor({ ...held, tool: 'brush' })).toEqual({ ...at, size: 9, shape: 'round', erases: false, byKeys: null }); // prettier-ignore
    expect(stageCursor({ ...held, tool: 'brush', erasing: true })).toMatchObject({ size: 5, erases: true });
    expect(stageCursor({ ...held, tool: 'eraser' })).toMatchObject({ size: 5, erases: true });
    const background = { ...settings, label: 0 };
    expect(stageCursor({ ...held, tool: 'brush', settings: background })).toMatchObject({ size: 9, erases: true });
  });

  it('is a pixel with other tools where keys move it, and is left to the pointer elsewhere', () => {
    expect(stageCursor({ ...held, tool: 'fill' })).toBeNull();
    expect(stageCursor({ ...held, tool: 'fill', byKeys: 'down' })).toMatchObject({ ...at, size: 1, byKeys: 'down' });
    expect(stageCursor({ ...held, tool: 'brush', at: null })).toBeNull();
  });
});
