import type { LabelMap } from '../../../../shared/types.js';
import { pixelBox, toLocal, type PlacedObject } from './objects.js';

/** What can be seen of one object, in pixels. */
export interface Visibility {
  /** The object alone, inside the photo. */
  drawn: number;
  /** Not hidden by an object in front. */
  seen: number;
  markSeen: number;
}

export interface Layout {
  labels: LabelMap;
  /** One entry an object, in the order given. */
  visibility: Visibility[];
}

/**
 * The exact label map of a scene: a pixel belongs to the foremost object whose outline holds its centre. Objects come
 * back to front; clutter hides what is behind it and is background itself.
 */
export function layOut(objects: readonly PlacedObject[], size: { width: number; height: number }): Layout {
  const labels = new Uint8Array(size.width * size.height);
  const owner = new Int16Array(labels.length).fill(-1);
  const onMark = new Uint8Array(labels.length);
  const drawn = objects.map(() => 0);

  objects.forEach(({ model, pose, classIndex }, index) => {
    const local = toLocal(pose);
    for (const piece of model.parts) {
      const box = pixelBox(pose, piece.shape, size);
      for (let y = box.top; y <= box.bottom; y += 1) {
        for (let x = box.left; x <= box.right; x += 1) {
          if (piece.shape.distance(...local(x + 0.5, y + 0.5)) > 0) continue;
          const at = y * size.width + x;
          if (owner[at] !== index) drawn[index] += 1;
          owner[at] = index;
          onMark[at] = piece === model.mark?.part ? 1 : 0;
          labels[at] = classIndex === null ? 0 : classIndex + 1;
        }
      }
    }
  });

  const visibility = drawn.map((pixels) => ({ drawn: pixels, seen: 0, markSeen: 0 }));
  owner.forEach((index, at) => {
    if (index < 0) return;
    visibility[index].seen += 1;
    visibility[index].markSeen += onMark[at];
  });
  return { labels: { ...size, data: labels }, visibility };
}
