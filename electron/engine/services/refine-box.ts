import { StudioError } from '../../../shared/errors.js';
import { oneAtATime } from '../../../shared/in-flight.js';
import type { ImageRecord } from '../../../shared/project.js';
import { maskSettings } from '../../../shared/settings/index.js';
import type { RgbImage } from '../../../shared/types.js';
import { decodePhoto } from '../images/index.js';
import { maskRefiner } from '../masks/refine/registry.js';
import type { Project } from '../project/project.js';
import { checkedLabels, type PackedMask } from './corrected-masks.js';
import { refinePool } from './refine-pool.js';

/** A part of a mask, its labels packed. */
export interface MaskBox extends PackedMask {
  left: number;
  top: number;
}

/** Pixels of the largest box: a person waits for it, and a million take some seconds. */
const MOST_PIXELS = 2 ** 22;

/** Photos are decoded whole, and lattices take a hundred bytes a pixel. */
const inTurn = oneAtATime();

/**
 * The labels of a box as a dense CRF (`crf:psa`, from the labels alone) sees them in the photo; ignored pixels stay ignored.
 * It runs in a thread of its own. Throws `file-too-large` for a large box, `size-mismatch` for one that is not inside the
 * photo, and what checkedLabels and decodePhoto throw.
 */
export async function refineBox(project: Project, image: ImageRecord, box: MaskBox): Promise<Uint8Array> {
  const { left, top, width, height } = box;
  const file = project.photoPath(image);
  if (width * height > MOST_PIXELS) {
    const message = `the box has ${width * height} pixels, more than ${MOST_PIXELS}`;
    throw new StudioError({ code: 'file-too-large', message, file, remedy: 'Zoom in, or work in a smaller box.' });
  }
  const data = checkedLabels(box, project.config.classes.length, file);
  const settings = maskSettings.resolve({ refine: 'crf:psa', 'crf.unary': 'labels' }, 'studio');
  return inTurn(async () => {
    const photo = await decodePhoto(file);
    if (left + width > photo.width || top + height > photo.height) {
      const message = `the photo is ${photo.width}x${photo.height}, the box reaches to ${left + width}, ${top + height}`;
      throw new StudioError({ code: 'size-mismatch', message, file, remedy: 'Open the image again.' });
    }
    const inputs = { labels: { width, height, data }, probabilities: null, photo: cut(photo, box) };
    const pool = refinePool(settings);
    try {
      const refined = pool ? await pool.refine(inputs) : maskRefiner(settings.refine)!.refine(inputs, settings);
      return refined.data;
    } finally {
      await pool?.close();
    }
  });
}

/** The pixels of a box of a photo. */
function cut(photo: RgbImage, { left, top, width, height }: MaskBox): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * photo.width + left) * 3;
    data.set(photo.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}
