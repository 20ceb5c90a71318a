import { areaOf, paintRle, polygonToRle, type Rle } from '../../images/rle/index.js';
import { IGNORE, type Failure, type LabelMap } from '../../../../shared/types.js';

export interface Size {
  width: number;
  height: number;
}

/** Ground truth that a dataset describes (polygons, runs, boxes) instead of holding it as a picture. */
export interface DrawnTruth {
  /** Absolute path of the file that describes it. */
  file: string;
  /**
   * The label map of a photo of that size. `labelOf` gives the label (class + 1) of a class number or name of the entry.
   * Shapes that cannot be drawn and leave the rest usable come back as failures; an object without a drawable place
   * throws, for its pixels would count as background.
   */
  draw(size: Size, labelOf: (name: number | string) => number): Promise<{ map: LabelMap; failures: Failure[] }>;
}

/** What one object, or one region to leave out, covers: its parts together. */
export interface DrawnObject {
  /** class + 1, or 255. */
  label: number;
  parts: Rle[];
}

/**
 * A label map of objects: background, over it the regions to leave out (255), over those the objects, the larger ones
 * first, so that a small one before or inside a large one is seen. Of equal ones the later lies on top.
 */
export function drawObjects({ width, height }: Size, objects: readonly DrawnObject[]): LabelMap {
  const map = { width, height, data: new Uint8Array(width * height) };
  const ranked = objects.map((object) => ({ ...object, area: rank(object) }));
  ranked.sort((a, b) => b.area - a.area);
  for (const { parts, label } of ranked) for (const part of parts) paintRle(map, part, label);
  return map;
}

/** Regions to leave out are painted first. */
const rank = ({ label, parts }: DrawnObject): number =>
  label === IGNORE ? Infinity : parts.reduce((sum, part) => sum + areaOf(part), 0);

/** The pixels of a box, x and y being its upper left corner. Throws `file-damaged`. */
export function boxToRle(x: number, y: number, width: number, height: number, size: Size): Rle {
  return polygonToRle([x, y, x, y + height, x + width, y + height, x + width, y], size.width, size.height);
}
