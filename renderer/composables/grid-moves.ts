/** Keys that move through a grid. */
export const gridKeys = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  'End',
] as const;
export type GridKey = (typeof gridKeys)[number];

/** The place that a key leads to, in a grid of `columns` that shows `rows` at a time. */
export function moved(key: GridKey, place: number, grid: { columns: number; rows: number; total: number }): number {
  const { columns, rows, total } = grid;
  const ways: Record<GridKey, number> = {
    ArrowLeft: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place - columns >= 0 ? place - columns : place,
    ArrowDown: place + columns < total ? place + columns : place,
    PageUp: Math.max(place % columns, place - columns * rows),
    PageDown: place + columns * rows,
    Home: 0,
    End: total - 1,
  };
  return Math.max(0, Math.min(total - 1, ways[key]));
}
