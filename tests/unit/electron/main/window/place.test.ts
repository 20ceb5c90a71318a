import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, SMALLEST, type Area } from '../../../../../electron/main/window/place.js';

const main: Area = { x: 0, y: 25, width: 1920, height: 1055 };
const right: Area = { x: 1920, y: 0, width: 2560, height: 1440 };
const saved = { x: 2000, y: 100, width: 1200, height: 800, maximized: false };

describe('placing the window', () => {
  it('puts the first one in the middle of the main display', () => {
    expect(placeWindow(null, [main, right])).toEqual({ x: 240, y: 103, width: 1440, height: 900, maximized: false });
  });

  it('puts it where it was, on whichever display that is', () => {
    expect(placeWindow(saved, [main, right])).toEqual(saved);
    expect(placeWindow({ ...saved, maximized: true }, [main, right])).toEqual({ ...saved, maximized: true });
  });

  it('brings it back from a display that is gone, with its size', () => {
    expect(placeWindow(saved, [main])).toEqual({ x: 360, y: 153, width: 1200, height: 800, maximized: false });
  });

  it.each([
    ['above the upper edge', { ...saved, x: 100, y: -300 }],
    ['with a corner left in view', { ...saved, x: 1900, y: 100 }],
    ['below the lower edge', { ...saved, x: 100, y: 1070 }],
  ])('brings it back where it cannot be taken hold of: %s', (_name, place) => {
    expect(placeWindow(place, [main])).toMatchObject({ x: 360, y: 153 });
  });

  it('leaves it where only a part is out of view', () => {
    expect(placeWindow({ ...saved, x: -900, y: 200 }, [main])).toMatchObject({ x: -900, y: 200 });
  });

  it('makes it no larger than its display, nor smaller than the screens need', () => {
    expect(placeWindow({ ...saved, x: 0, y: 25, width: 9000, height: 9000 }, [main])).toMatchObject({ width: 1920, height: 1055 }); // prettier-ignore
    expect(placeWindow({ ...saved, width: 10, height: 10 }, [right])).toMatchObject(SMALLEST);
  });

  it('always can be taken hold of (property, seed 22)', () => {
    const place = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 1, max: 6000 }),
      height: fc.integer({ min: 1, max: 6000 }),
      maximized: fc.boolean(),
    });
    const holds = (one: Area, area: Area): boolean =>
      one.y >= area.y - 0 && one.y < area.y + area.height && one.x < area.x + area.width && one.x + one.width > area.x;
    fc.assert(
      fc.property(place, (one) => {
        const placed = placeWindow(one, [main, right]);
        expect([main, right].some((area) => holds(placed, area))).toBe(true);
      }),
      { seed: 22 },
    );
  });
});
