import fc from 'fast-check';
import { Edit } from '../../shared/label-map/edit.js';
import { free, paintOverModes, rulesFor, type Protection } from '../../shared/label-map/rules.js';
import type { LabelMap } from '../../shared/types.js';

/** A label map drawn as text: a digit a pixel, a dot for 0, `#` for 255. */
export function drawn(...rows: string[]): LabelMap {
  const labels = [...rows.join('')].map((sign) => (sign === '.' ? 0 : sign === '#' ? 255 : Number(sign)));
  return { width: rows[0].length, height: rows.length, data: Uint8Array.from(labels) };
}

/** The same the other way round. */
export function rowsOf({ width, height, data }: LabelMap): string[] {
  const sign = (label: number): string => (label === 0 ? '.' : label === 255 ? '#' : String(label));
  return Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)].map(sign).join(''));
}

export const blank = (width: number, height: number): LabelMap => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

export const copyOf = (map: LabelMap): LabelMap => ({ ...map, data: map.data.slice() });

export const editOf = (map: LabelMap, protection: Partial<Protection> = {}): Edit =>
  new Edit(map, rulesFor(map, { ...free, ...protection }));

/** Small maps of a few labels in blocks, so that regions occur. */
export const maps: fc.Arbitrary<LabelMap> = fc
  .record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 24 }),
    block: fc.integer({ min: 1, max: 4 }),
    labels: fc.array(fc.constantFrom(0, 0, 1, 2, 3, 255), { minLength: 600, maxLength: 600 }),
  })
  .map(({ width, height, block, labels }) => ({
    width,
    height,
    data: Uint8Array.from(
      { length: width * height },
      (_, i) => labels[Math.floor(Math.floor(i / width) / block) * 24 + Math.floor((i % width) / block)],
    ),
  }));

const labelSets = fc.subarray([0, 1, 2, 3, 255], { maxLength: 3 }).map((labels) => new Set(labels));

/** Protection of any kind. */
export const protections: fc.Arbitrary<Protection> = fc.record({
  over: fc.constantFrom(...paintOverModes),
  current: fc.constantFrom(1, 2, 3),
  hidden: labelSets,
  locked: labelSets,
  clip: fc.option(
    fc
      .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 24 })))
      .map(([left, top, right, bottom]) => ({ left, top, right, bottom })),
  ),
});
