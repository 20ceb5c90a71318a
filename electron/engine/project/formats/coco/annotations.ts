/** What is read of an image of COCO's JSON; nothing of it is checked before. */
export interface CocoImage {
  id: number | string;
  file_name: string;
  width?: number;
  height?: number;
}

/** One object of an image, or (`iscrowd`) a region with many of them. */
export interface CocoAnnotation {
  id?: number | string;
  image_id: number | string;
  category_id: number;
  iscrowd?: number | boolean;
  /** Polygons, each x0, y0, x1, y1, ...; or runs, `size` being height and width. */
  segmentation?: unknown[] | { size: unknown; counts: unknown };
  /** x, y, width, height in pixels. */
  bbox?: unknown;
}

export interface CocoCategory {
  id: number;
  name: string;
}

/** Whether it says more than a box. */
export function hasShape({ segmentation }: Pick<CocoAnnotation, 'segmentation'>): boolean {
  return Array.isArray(segmentation) ? segmentation.length > 0 : typeof segmentation === 'object' && segmentation !== null; // prettier-ignore
}

export const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');

export const isId = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string'; // prettier-ignore
