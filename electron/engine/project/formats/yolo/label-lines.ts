import type { Failure } from '../../../../../shared/types.js';
import { linesOf } from '../text.js';

/** An object of a YOLO label file; lengths are shares of the photo's width and height. */
export interface YoloObject {
  /** 0-based. */
  classIndex: number;
  /** x0, y0, x1, y1, ... of the outline, or the box as centre x, centre y, width, height. */
  polygon?: number[];
  box?: [number, number, number, number];
}

/** How far outside the photo a place may lie, as a share of it: what rounding and careless hands do. */
const OVERSHOOT = 0.01;

/**
 * Parses a YOLO label file: a line an object, `class x y x y x y ...` for an outline (three corners at least) or `class
 * x y width height` for a box (a sixth number, the confidence of a prediction, is left aside). Lines that are neither are
 * failures and left out; `file` names the text in them.
 */
export function parseYoloLabels(text: string, file: string): { objects: YoloObject[]; failures: Failure[] } {
  const objects: YoloObject[] = [];
  const failures: Failure[] = [];
  for (const { number, line } of linesOf(text)) {
    const [name, ...fields] = line.split(/\s+/);
    const values = fields.map(Number);
    const problem = problemOf(name, values);
    if (problem === null) objects.push(objectOf(Number(name), values));
    else {
      const action = 'line left out, and with it the ground truth of the image';
      failures.push({ file, code: 'file-damaged', reason: `line ${number}: ${problem}`, action });
    }
  }
  return { objects, failures };
}

const isBox = (values: readonly number[]): boolean => values.length === 4 || values.length === 5;

function objectOf(classIndex: number, values: number[]): YoloObject {
  if (!isBox(values)) return { classIndex, polygon: values };
  return { classIndex, box: [values[0], values[1], values[2], values[3]] };
}

function problemOf(name: string, values: readonly number[]): string | null {
  if (!/^\d{1,9}$/.test(name)) return `"${name}" is not a class number`;
  if (values.length < 4) return `${values.length} numbers are neither a box nor an outline`;
  if (!isBox(values) && values.length % 2 === 1)
    return `an outline has an odd number of coordinates (${values.length})`;
  const wrong = values.find((value) => !(value >= -OVERSHOOT && value <= 1 + OVERSHOOT));
  return wrong === undefined ? null : `${wrong} is not a share of the photo's width or height (0 to 1)`;
}
