import { pixelBox, toLocal, turnToPhoto, type Part, type PlacedObject, type Pose } from './objects.js';
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

/** Darkens what lies behind an object, on the side away from the lamp: the shadow of each part, the darkest counts. */
function paintShadow(picture: Radiance, { model, pose }: PlacedObject, light: Light): void {
  const offset = 0.16 * pose.size;
  const softness = 0.22 * pose.size;
  const shadowPose = { ...pose, x: pose.x - light.towards[0] * offset, y: pose.y - light.towards[1] * offset };
  const local = toLocal(shadowPose);
  const cover = new Float32Array(picture.width * picture.height);
  for (const { shape } of model.parts) {
    const box = pixelBox(shadowPose, shape, picture, softness);
    for (let y = box.top; y <= box.bottom; y += 1) {
      for (let x = box.left; x <= box.right; x += 1) {
        const at = y * picture.width + x;
        if (cover[at] === 1) continue;
        const distance = shape.distance(...local(x + 0.5, y + 0.5)) * pose.size;
        cover[at] = Math.max(cover[at], Math.min(1, 0.5 - distance / softness));
      }
    }
  }
  cover.forEach((share, at) => {
    if (share === 0) return;
    const factor = 1 - SHADOW_DEPTH * share * share * (3 - 2 * share);
    for (let channel = 0; channel < 3; channel += 1) picture.data[3 * at + channel] *= factor;
  });
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

function paintPart(picture: Radiance, piece: Part, pose: Pose, light: Light): void {
  const local = toLocal(pose);
  const box = pixelBox(pose, piece.shape, picture);
  for (let y = box.top; y <= box.bottom; y += 1) {
    for (let x = box.left; x <= box.right; x += 1) {
      const [u, v] = local(x + 0.5, y + 0.5);
      const distance = piece.shape.distance(u, v);
      const cover = Math.min(1, 0.5 - distance * pose.size);
      if (cover <= 0) continue;
      const [tx, ty, nz] = normalAt(piece, u, v, distance);
      const [level, highlight] = shade(light, ...turnToPhoto(pose, tx, ty), nz);
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
