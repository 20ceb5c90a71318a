import type { Scope } from '../commands/registry.js';
import type { Editing } from './useEditing.js';
import { useCommands } from './useCommands.js';

/** Classes that have a digit. */
export const QUICK = 9;

interface EditKeys {
  scope: Scope;
  editing: Editing;
  /** Classes with a digit, in its order. */
  quick(): readonly number[];
  /** Whether there is anything to edit. */
  when(): boolean;
  findClass(): void;
  findTag(): void;
}

/** Keys that edit images: digits and L for classes, T for tags, R for review, undo and redo. */
export function useEditCommands({ scope, editing, quick, when, findClass, findTag }: EditKeys): void {
  useCommands([
    {
      id: `${scope}-class-digit`,
      scope,
      text: 'edit.byDigit',
      keys: Array.from({ length: QUICK }, (_, i) => String(i + 1)),
      keysOnly: true,
      when,
      run(event) {
        const index = quick()[Number(event?.key) - 1];
        if (index !== undefined) void editing.toggleClass(index);
      },
    },
    { id: `${scope}-class`, scope, text: 'edit.findClass', keys: ['L'], when, run: findClass },
    { id: `${scope}-tag`, scope, text: 'edit.findTag', keys: ['T'], when, run: findTag },
    { id: `${scope}-review`, scope, text: 'edit.review', keys: ['R'], when, run: () => void editing.toggleReview('reviewed') }, // prettier-ignore
    { id: `${scope}-needs-work`, scope, text: 'edit.needsWork', keys: ['Shift+R'], when, run: () => void editing.toggleReview('needs-work') }, // prettier-ignore
    { id: `${scope}-undo`, scope, text: 'edit.undo', keys: ['Ctrl+Z'], run: () => void editing.turn('undo') },
    { id: `${scope}-redo`, scope, text: 'edit.redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], run: () => void editing.turn('redo') }, // prettier-ignore
  ]);
}
