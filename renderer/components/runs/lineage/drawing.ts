import type { Lineage, LineageNode } from '../../../composables/runs/lineage.js';

/** Size of a card and the gaps between cards, in pixels. */
export const CARD = { width: 216, height: 96 } as const;
const GAP = { across: 64, down: 16 } as const;

/** Upper left corner of a set's card: what a set came from stands on its left. */
export function placeOf(
  { depth, row }: Pick<LineageNode, 'depth' | 'row'>,
  { columns }: Pick<Lineage, 'columns'>,
): { x: number; y: number } {
  // prettier-ignore
  return { x: (columns - 1 - depth) * (CARD.width + GAP.across), y: row * (CARD.height + GAP.down) };
}

export const drawingSize = ({
  columns,
  rows,
}: Pick<Lineage, 'columns' | 'rows'>): { width: number; height: number } => ({
  width: columns * CARD.width + (columns - 1) * GAP.across,
  height: rows * CARD.height + (rows - 1) * GAP.down,
});

/** A line from the right of a card to the left of the one made from it, as the path of an SVG, with an arrow head. */
export function edgePath(from: LineageNode, to: LineageNode, lineage: Pick<Lineage, 'columns'>): string {
  const [start, end] = [placeOf(from, lineage), placeOf(to, lineage)];
  const [x1, y1, x2, y2] = [start.x + CARD.width, start.y + CARD.height / 2, end.x, end.y + CARD.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}M${x2 - 6} ${y2 - 4}L${x2} ${y2}L${x2 - 6} ${y2 + 4}`;
}
