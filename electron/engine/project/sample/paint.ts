import { pixelBox, toLocal, type Part, type PlacedObject, type Pose } from './objects.js';
import { shade, type Light } from './light.js';
import { norm } from './shapes.js';

/** Linear light before the camera: float32 [height, width, 3]. */
export interface Radiance {
  width: number;
  height: number;
  data: Float32Array;
}

/** Darkest that a shadow makes what it falls on. */
const SHADOW_DEPTH = 0.5;

/** Darkens what lies behind an object, on the side away from the lamp. */
function paintShadow(picture: Radiance, { model, pose }: PlacedObject, light: Light): void {
  const offset = 0.16 * pose.size;
  const softness = 0.22 * pose.size;
  const shadowPose = { ...pose, x: pose.x - light.towards[0] * offset, y: pose.y - light.towards[1] * offset };
  const local = toLocal(shadowPose);
  const reach = Math.max(...model.parts.map(({ shape }) => shape.reach));
  const box = pixelBox(shadowPose, reach, picture, softness);
  for (let y = box.top; y <= box.bottom; y += 1) {
    for (let x = box.left; x <= box.right; x += 1) {
      const at = local(x + 0.5, y + 0.5);
      let distance = Infinity;
      for (const { shape } of model.parts) distance = Math.min(distance, shape.distance(...at));
      const cover = Math.min(1, Math.max(0, 0.5 - (distance * pose.size) / softness));
      const factor = 1 - SHADOW_DEPTH * cover * cover * (3 - 2 * cover);
      const pixel = (y * picture.width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) picture.data[pixel + channel] *= factor;
    }
  }
}

/** Unit normal of a part whose rim is round over the width `bulge`, from its slope in local units. */
function normalAt({ shape, bulge }: Part, x: number, y: number, distance: number): [number, number, number] {
  const step = 0.01;
  const depth = Math.min(1, Math.max(0, -distance / bulge));
  const tilt = 1 - depth;
  if (tilt <= 0) return [0, 0, 1];
  const gx = shape.distance(x + step, y) - shape.distance(x - step, y);
  const gy = shape.distance(x, y + step) - shape.distance(x, y - step);
  const length = norm(gx, gy) || 1;
  return [(gx / length) * tilt, (gy / length) * tilt, Math.sqrt(Math.max(0, 1 - tilt * tilt))];
}

/** Turns a vector of the object's frame into the photo's. */
function toPhoto({ turn, mirrored }: Pose, x: number, y: number): [number, number] {
  const side = mirrored ? -x : x;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return [side * c - y * s, side * s + y * c];
}

function paintPart(picture: Radiance, piece: Part, pose: Pose, light: Light): void {
  const local = toLocal(pose);
  const box = pixelBox(pose, piece.shape.reach, picture);
  for (let y = box.top; y <= box.bottom; y += 1) {
    for (let x = box.left; x <= box.right; x += 1) {
      const [u, v] = local(x + 0.5, y + 0.5);
      const distance = piece.shape.distance(u, v);
      const cover = Math.min(1, 0.5 - distance * pose.size);
      if (cover <= 0) continue;
      const [tx, ty, nz] = normalAt(piece, u, v, distance);
      const [level, highlight] = shade(light, ...toPhoto(pose, tx, ty), nz);
      const colour = piece.surface(u, v);
      const pixel = (y * picture.width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = colour[channel] * level + 0.5 * piece.gloss * highlight;
        picture.data[pixel + channel] += (value - picture.data[pixel + channel]) * cover;
      }
    }
  }
}

/** Paints an object with its shadow over what is there. Edges are smooth here; the label map's are hard. */
export function paintObject(picture: Radiance, object: PlacedObject, light: Light): void {
  paintShadow(picture, object, light);
  for (const piece of object.model.parts) paintPart(picture, piece, object.pose, light);
}
