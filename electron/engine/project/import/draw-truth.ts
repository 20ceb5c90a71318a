import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { Failure } from '../../../../shared/types.js';
import { encodeLabelMap } from '../../images/index.js';
import type { DrawnTruth, Size } from '../formats/index.js';
import { writeFileAtomic } from '../files.js';
import { drawnTruth } from '../layout.js';
import { failureOf } from './examine.js';
import { resolveLabels } from './resolve-labels.js';

/** Failures of the disk, which the next image would meet as well. */
const FATAL: readonly string[] = ['disk-full', 'not-writable'];

/**
 * Draws the ground truth of an image once, into the project. `value` is what the index says of it, null where it cannot
 * be drawn. A file of an import that was stopped is replaced. Throws `disk-full`, `not-writable`.
 */
export async function drawTruth(
  id: string,
  truth: DrawnTruth,
  size: Size,
  { classes, truthFile }: { classes: readonly string[]; truthFile(id: string): string },
): Promise<{ value: string | null; failures: Failure[] }> {
  const labelOf = (name: number | string): number => {
    const resolved = resolveLabels([name], classes);
    if (resolved.ok) return resolved.indices[0] + 1;
    const message = `${JSON.stringify(name)} is none of the ${classes.length} classes`;
    throw new StudioError({ code: 'label-unknown', message });
  };
  try {
    const { map, failures } = await truth.draw(size, labelOf);
    await writeFileAtomic(truthFile(id), encodeLabelMap(map));
    return { value: drawnTruth(id), failures: failures.map((failure) => ({ ...failure, id })) };
  } catch (error) {
    if (FATAL.includes(errorDetails(error).code)) throw error;
    return { value: null, failures: [failureOf(error, id, truth.file, 'imported without ground truth')] };
  }
}
