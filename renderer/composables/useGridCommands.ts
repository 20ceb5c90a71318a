import { moved, type GridKey } from './grid-moves.js';
import { offered } from '../commands/command.js';
import { gridTable } from '../commands/tables/grid.js';
import { useSelection } from '../stores/selection.js';
import { useCommands } from './useCommands.js';

interface Grid {
  size(): { columns: number; rows: number; total: number };
  /** Shows the place where the keyboard is. */
  reveal(place: number): void;
  /** Opens the image at a place. */
  open(place: number): void;
}

/** Keys of the grid: moving, selecting, opening. */
export function useGridCommands({ size, reveal, open }: Grid): void {
  const selection = useSelection();
  const some = (): boolean => size().total > 0;
  const go = (extend: boolean) => (event?: KeyboardEvent) => {
    const place = moved(event?.key as GridKey, selection.cursor, size());
    if (extend) selection.extendTo(place);
    else selection.moveTo(place);
    reveal(place);
  };
  useCommands(
    offered(gridTable, {
      'grid.move': { when: some, run: go(false) },
      'grid.extend': { when: some, run: go(true) },
      'grid.open': { when: some, run: () => open(selection.cursor) },
      'grid.select': { when: some, run: () => selection.toggle(selection.cursor) },
      'grid.all': { when: some, run: () => selection.selectAll() },
      'grid.none': { when: () => selection.count > 0, run: () => selection.clear() },
    }),
  );
}
