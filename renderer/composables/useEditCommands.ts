import { offered, type CommandTable } from '../commands/command.js';
import { EXCLUDED_TAG } from '../../shared/dataset/review.js';
import { gridEditTable, imageEditTable } from '../commands/tables/edit.js';
import { menuTable } from '../commands/tables/menu.js';
import type { Editing } from './useEditing.js';
import { useCommands } from './useCommands.js';

/** Classes that have a digit. */
export const QUICK = 9;

interface EditKeys {
  scope: 'grid' | 'image';
  editing: Editing;
  /** Classes with a digit, in its order. */
  quick(): readonly number[];
  /** Whether there is anything to edit. */
  when(): boolean;
  findClass(): void;
  findTag(): void;
}

/** Keys that edit images: digits and L for classes, T for tags, R for review, Shift+X to exclude, undo and redo. */
export function useEditCommands({ scope, editing, quick, when, findClass, findTag }: EditKeys): void {
  const edits = {
    digit: {
      when,
      run(event?: KeyboardEvent) {
        const index = quick()[Number(event?.key) - 1];
        if (index !== undefined) void editing.toggleClass(index);
      },
    },
    class: { when, run: findClass },
    tag: { when, run: findTag },
    review: { when, run: () => void editing.toggleReview('reviewed') },
    needsWork: { when, run: () => void editing.toggleReview('needs-work') },
    exclude: { when, run: () => void editing.toggleTag(EXCLUDED_TAG) },
  };
  const table: CommandTable = scope === 'grid' ? gridEditTable : imageEditTable;
  const own = Object.fromEntries(Object.entries(edits).map(([id, deed]) => [`${scope}.${id}`, deed]));
  useCommands([
    ...offered(table, own),
    ...offered(menuTable, {
      'edit.undo': () => void editing.turn('undo'),
      'edit.redo': () => void editing.turn('redo'),
    }),
  ]);
}
