import { gridKeys, moved, type GridKey } from './grid-moves.js';
import { useCommands } from './useCommands.js';
import { useSelection } from '../stores/selection.js';

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
  const scope = 'grid';
  const some = (): boolean => size().total > 0;
  const go = (extend: boolean) => (event?: KeyboardEvent) => {
    const place = moved(event?.key as GridKey, selection.cursor, size());
    if (extend) selection.extendTo(place);
    else selection.moveTo(place);
    reveal(place);
  };
  useCommands([
    { id: 'grid-move', scope, text: 'command.move', keys: gridKeys, keysOnly: true, when: some, run: go(false) },
    {
      id: 'grid-extend',
      scope,
      text: 'command.extend',
      keys: gridKeys.map((key) => `Shift+${key}`),
      keysOnly: true,
      when: some,
      run: go(true),
    },
    { id: 'grid-open', scope, text: 'command.open', keys: ['Enter'], when: some, run: () => open(selection.cursor) },
    { id: 'grid-select', scope, text: 'command.select', keys: ['X'], when: some, run: () => selection.toggle(selection.cursor) }, // prettier-ignore
    { id: 'grid-all', scope, text: 'command.selectAll', keys: ['Ctrl+A'], when: some, run: () => selection.selectAll() }, // prettier-ignore
    { id: 'grid-none', scope, text: 'command.selectNone', keys: ['Escape'], when: () => selection.count > 0, run: () => selection.clear() }, // prettier-ignore
  ]);
}
