import fc from 'fast-check';
import type { ByteImage, LabelMap } from '../../../../../shared/types.js';

/** A map from its bytes, row by row. */
export const map = (width: number, height: number, bytes: number[]): ByteImage => ({
  width,
  height,
  data: Uint8Array.from(bytes),
});

/** Label maps of one size, up to 12x12: labels 0..labels - 1 and 255, in runs so that regions form. */
export function labelPair(labels: number): fc.Arbitrary<{ truth: LabelMap; mask: LabelMap }> {
  const label = fc.constantFrom(...Array.from({ length: labels }, (_, at) => at), 255);
  const side = fc.integer({ min: 1, max: 12 });
  return fc.tuple(side, side).chain(([width, height]) => {
    const runs = fc.array(fc.tuple(label, fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 20 });
    const filled = runs.map((parts) => {
      const bytes = parts.flatMap(([value, length]) => new Array<number>(length).fill(value));
      return map(
        width,
        height,
        Array.from({ length: width * height }, (_, at) => bytes[at % bytes.length]),
      );
    });
    return fc.record({ truth: filled, mask: filled });
  });
}
