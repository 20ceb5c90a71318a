type Point = readonly [number, number];

/**
 * Shapes by their signed distance, in local units: negative inside, about the distance to the outline outside.
 * x grows to the right, y downwards.
 */
export interface Shape {
  distance(x: number, y: number): number;
  /** Middle and radius of a circle that holds the shape. */
  centre: Point;
  radius: number;
}

/** Length of (x, y). Math.hypot is ten times slower, and not the same to the last bit everywhere. */
export const norm = (x: number, y: number): number => Math.sqrt(x * x + y * y);

export function disc(cx: number, cy: number, radius: number): Shape {
  return {
    distance: (x, y) => norm(x - cx, y - cy) - radius,
    centre: [cx, cy],
    radius,
  };
}

/** The distance is first-order: exact on the outline, close near it. */
export function ellipse(cx: number, cy: number, rx: number, ry: number, turn = 0): Shape {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return {
    distance(px, py) {
      const x = ((px - cx) * c + (py - cy) * s) / rx;
      const y = ((py - cy) * c - (px - cx) * s) / ry;
      const length = norm(x, y);
      const slope = norm(x / rx, y / ry);
      return slope < 1e-6 ? -Math.min(rx, ry) : (length * (length - 1)) / slope;
    },
    centre: [cx, cy],
    radius: Math.max(rx, ry),
  };
}

export function roundedBox(cx: number, cy: number, halfWidth: number, halfHeight: number, radius: number): Shape {
  return {
    distance(px, py) {
      const x = Math.abs(px - cx) - halfWidth + radius;
      const y = Math.abs(py - cy) - halfHeight + radius;
      return norm(Math.max(x, 0), Math.max(y, 0)) + Math.min(Math.max(x, y), 0) - radius;
    },
    centre: [cx, cy],
    radius: norm(halfWidth, halfHeight),
  };
}

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));

/** A stick with round ends. */
export function capsule(from: Point, to: Point, radius: number): Shape {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const squared = dx * dx + dy * dy || 1;
  return {
    distance(x, y) {
      const along = clamp01(((x - from[0]) * dx + (y - from[1]) * dy) / squared);
      return norm(x - from[0] - along * dx, y - from[1] - along * dy) - radius;
    },
    centre: [from[0] + dx / 2, from[1] + dy / 2],
    radius: norm(dx, dy) / 2 + radius,
  };
}

/** A filled polygon with corners rounded by `radius`. */
export function polygon(points: readonly Point[], radius = 0): Shape {
  const middle = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const centre: Point = [middle(0), middle(1)];
  return {
    distance(x, y) {
      let nearest = Infinity;
      let inside = false;
      for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
        const [ax, ay] = points[i];
        const [ex, ey] = [points[j][0] - ax, points[j][1] - ay];
        const along = clamp01(((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey));
        nearest = Math.min(nearest, norm(x - ax - along * ex, y - ay - along * ey));
        if (ay > y !== points[j][1] > y && x < ax + (ex * (y - ay)) / ey) inside = !inside;
      }
      return (inside ? -nearest : nearest) - radius;
    },
    centre,
    radius: Math.max(...points.map(([x, y]) => norm(x - centre[0], y - centre[1]))) + radius,
  };
}
