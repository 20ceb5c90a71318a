import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capsule,
  disc,
  ellipse,
  polygon,
  roundedBox,
} from '../../../../../../electron/engine/project/sample/shapes.js';

const shapes = {
  disc: disc(0.2, -0.1, 0.5),
  ellipse: ellipse(-0.3, 0.2, 0.9, 0.4, 0.7),
  roundedBox: roundedBox(0.1, 0.1, 0.8, 0.3, 0.1),
  capsule: capsule([-0.5, -0.5], [0.6, 0.2], 0.15),
  polygon: polygon(
    [
      [-0.6, -0.5],
      [0.7, -0.4],
      [0.1, 0.8],
    ],
    0.05,
  ),
};

const at = fc.double({ min: -3, max: 3, noNaN: true });

describe.each(Object.entries(shapes))('%s', (_name, { distance, centre, radius }) => {
  it('is inside at its middle and lies within its circle', () => {
    expect(distance(...centre)).toBeLessThan(0);
    fc.assert(
      fc.property(at, at, (x, y) => {
        const outsideCircle = Math.hypot(x - centre[0], y - centre[1]) > radius + 1e-9;
        if (outsideCircle) expect(distance(x, y)).toBeGreaterThan(0);
      }),
    );
  });

  it('changes sign where a line from the middle leaves it, and only there', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (angle) => {
        const signs = Array.from({ length: 200 }, (_, i) => {
          const along = (i / 100) * radius;
          return distance(centre[0] + along * Math.cos(angle), centre[1] + along * Math.sin(angle)) > 0;
        });
        expect(signs.filter((outside, i) => i > 0 && outside !== signs[i - 1])).toHaveLength(1);
      }),
    );
  });
});
