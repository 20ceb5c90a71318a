import type { LabelMap } from '../../../../shared/types.js';

/** Which neighbours belong together: those that share a side, or those that share a corner as well. */
export type Connectivity = 4 | 8;

/** A connected piece of pixels of one label. */
export interface Component {
  /** 1 to 255. */
  label: number;
  /** In pixels. */
  area: number;
  /** Smallest box around it: first column and row, width and height, in pixels. */
  box: { left: number; top: number; width: number; height: number };
}

/** A label map cut into components: `ids` int32 [height, width] is each pixel's place in the list, -1 on background. */
export interface Components {
  width: number;
  height: number;
  ids: Int32Array;
  components: Component[];
}

/** Grows the piece around `start`; `stack` has room for every pixel. */
function grow(map: LabelMap, connectivity: Connectivity, start: number, ids: Int32Array, stack: Int32Array): Component {
  const { width, height, data } = map;
  const id = ids[start];
  const label = data[start];
  let [area, depth] = [0, 0];
  let [left, right, top, bottom] = [width, 0, height, 0];
  stack[depth++] = start;
  const visit = (i: number): void => {
    if (ids[i] >= 0 || data[i] !== label) return;
    ids[i] = id;
    stack[depth++] = i;
  };
  while (depth > 0) {
    const i = stack[--depth];
    const x = i % width;
    const y = (i - x) / width;
    area++;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    const [west, east, north, south] = [x > 0, x < width - 1, y > 0, y < height - 1];
    if (west) visit(i - 1);
    if (east) visit(i + 1);
    if (north) visit(i - width);
    if (south) visit(i + width);
    if (connectivity === 4) continue;
    if (north && west) visit(i - width - 1);
    if (north && east) visit(i - width + 1);
    if (south && west) visit(i + width - 1);
    if (south && east) visit(i + width + 1);
  }
  return { label, area, box: { left, top, width: right - left + 1, height: bottom - top + 1 } };
}

/** The connected pieces of every label but 0, in the order in which rows meet them. Time and memory grow with pixels. */
export function labelComponents(map: LabelMap, connectivity: Connectivity): Components {
  const { width, height, data } = map;
  const ids = new Int32Array(width * height).fill(-1);
  const stack = new Int32Array(width * height);
  const components: Component[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || ids[start] >= 0) continue;
    ids[start] = components.length;
    components.push(grow(map, connectivity, start, ids, stack));
  }
  return { width, height, ids, components };
}
