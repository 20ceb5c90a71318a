import { errorDetails } from '../../../../../shared/errors.js';
import type { Failure } from '../../../../../shared/types.js';
import { resolveInside } from '../../paths.js';
import { existsInside, readText } from '../text.js';
import { parseYoloLabels, type YoloObject } from './label-lines.js';
import type { YoloPhoto } from './layout.js';

/** Bytes of a label file: outlines of thousands of objects take less. */
const MAX_BYTES = 2 ** 25;

/** Objects of a photo; none where it has no label file, which is how YOLO writes that it shows nothing. */
export async function labelsOf(
  root: string,
  { labels }: YoloPhoto,
): Promise<{ objects: YoloObject[]; failures: Failure[] }> {
  // prettier-ignore
  if (!(await existsInside(root, labels))) return { objects: [], failures: [] };
  const file = resolveInside(root, labels);
  try {
    return parseYoloLabels(await readText(file, MAX_BYTES), file);
  } catch (error) {
    const { code, message } = errorDetails(error);
    return { objects: [], failures: [{ file, code, reason: message, action: 'taken for empty' }] };
  }
}
