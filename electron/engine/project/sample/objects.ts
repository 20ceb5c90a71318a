import type { Colour } from './colour.js';
import type { Shape } from './shapes.js';
import { plain, type Surface } from './surfaces.js';

/** One piece of an object, in the object's local units. */
export interface Part {
  shape: Shape;
  surface: Surface;
  /** Width of the rounded rim, in local units: small looks flat, large looks like a ball. */
  bulge: number;
  /** 0 for cloth, 1 for polish. */
  gloss: number;
}

/** A composite object before it is placed: about 2 local units long. */
export interface Model {
  /** Back to front. */
  parts: Part[];
  /** The part that tells the class, already among `parts`, with its radius; absent for clutter. */
  mark?: { part: Part; radius: number };
}

/** Where an object stands: `x`, `y` in px of the photo, `size` px per local unit, `turn` in radians. */
export interface Pose {
  x: number;
  y: number;
  size: number;
  turn: number;
  mirrored: boolean;
}

/** An object in a scene; `classIndex` is null for clutter. */
export interface PlacedObject {
  model: Model;
  pose: Pose;
  classIndex: number | null;
}

export const part = (shape: Shape, surface: Surface | Colour, bulge = 0.15, gloss = 0.3): Part => ({
  shape,
  surface: typeof surface === 'function' ? surface : plain(surface),
  bulge,
  gloss,
});

/** Photo coordinates to local units. */
export function toLocal(pose: Pose): (x: number, y: number) => [number, number] {
  const [c, s] = [Math.cos(pose.turn) / pose.size, Math.sin(pose.turn) / pose.size];
  const side = pose.mirrored ? -1 : 1;
  return (x, y) => {
    const [dx, dy] = [x - pose.x, y - pose.y];
    return [side * (dx * c + dy * s), dy * c - dx * s];
  };
}

/** A vector of the object's frame, in local units, turned into the photo's frame. */
export function turnToPhoto({ turn, mirrored }: Pose, x: number, y: number): [number, number] {
  const side = mirrored ? -x : x;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return [side * c - y * s, side * s + y * c];
}

/** Pixels that a shape may touch, `margin` px more on each side, cut at the photo's edge; both ends included. */
export function pixelBox(
  pose: Pose,
  shape: Shape,
  photo: { width: number; height: number },
  margin = 1,
): { left: number; top: number; right: number; bottom: number } {
  const [dx, dy] = turnToPhoto(pose, ...shape.centre);
  const [x, y] = [pose.x + dx * pose.size, pose.y + dy * pose.size];
  const radius = shape.radius * pose.size + margin;
  return {
    left: Math.max(0, Math.floor(x - radius)),
    top: Math.max(0, Math.floor(y - radius)),
    right: Math.min(photo.width - 1, Math.ceil(x + radius)),
    bottom: Math.min(photo.height - 1, Math.ceil(y + radius)),
  };
}
