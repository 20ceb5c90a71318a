import { StudioError, errorDetails } from '../../../../../shared/errors.js';
import { IGNORE, type Failure, type LabelMap } from '../../../../../shared/types.js';
import { checkRle, polygonToRle, rleFromText, type Rle } from '../../../images/rle/index.js';
import { boxToRle, drawObjects, type DrawnObject, type Size } from '../drawn-truth.js';
import { hasShape, isNumbers, type CocoAnnotation } from './annotations.js';

/**
 * The label map of an image's annotations: objects in their classes, crowd regions 255. An object that only has a box,
 * or whose shape cannot be drawn (a failure), leaves its box as 255. `labelOf` takes a category id. Throws
 * `file-damaged` where there is neither a usable shape nor a box.
 */
export function drawAnnotations(
  annotations: readonly CocoAnnotation[],
  size: Size,
  labelOf: (category: number) => number,
  file: string,
): { map: LabelMap; failures: Failure[] } {
  const failures: Failure[] = [];
  const objects = annotations.map((annotation): DrawnObject => {
    const { id, category_id, iscrowd } = annotation;
    try {
      if (!hasShape(annotation)) return { label: IGNORE, parts: [boxOf(annotation, size)] };
      return { label: iscrowd ? IGNORE : labelOf(category_id), parts: partsOf(annotation, size) };
    } catch (error) {
      const { code, message } = errorDetails(error);
      if (code !== 'file-damaged') throw error;
      const reason = `annotation ${id}: ${message}`;
      const parts = [boxOf(annotation, size, reason)];
      failures.push({ file, code, reason, action: 'its box is left out of the ground truth (255)' });
      return { label: IGNORE, parts };
    }
  });
  return { map: drawObjects(size, objects), failures };
}

function boxOf({ id, bbox }: CocoAnnotation, size: Size, reason?: string): Rle {
  if (isNumbers(bbox) && bbox.length === 4) return boxToRle(bbox[0], bbox[1], bbox[2], bbox[3], size);
  throw damaged(`${reason ?? `annotation ${id} has no shape`}, and it has no box`);
}

/** Every polygon is a part, and so is a mask of runs. */
function partsOf({ segmentation }: CocoAnnotation, { width, height }: Size): Rle[] {
  if (Array.isArray(segmentation)) {
    return segmentation.map((corners) => {
      if (isNumbers(corners)) return polygonToRle(corners, width, height);
      throw damaged('a polygon is no list of numbers');
    });
  }
  const { size, counts } = segmentation ?? {};
  if (!isNumbers(size) || size[0] !== height || size[1] !== width) {
    throw damaged(`its mask has the size ${JSON.stringify(size)}, not [${height},${width}]`);
  }
  if (typeof counts === 'string') return [rleFromText(counts, width, height)];
  if (isNumbers(counts)) return [checkRle({ width, height, counts })];
  throw damaged('its mask has no runs');
}

const damaged = (message: string): StudioError => new StudioError({ code: 'file-damaged', message });
