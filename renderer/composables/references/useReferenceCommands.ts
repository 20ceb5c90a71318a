import { offered } from '../../commands/command.js';
import { menuTable } from '../../commands/tables/menu.js';
import { referencesTable } from '../../commands/tables/references.js';
import { useCommands } from '../useCommands.js';

interface ReferenceScreen {
  go(steps: number): void;
  undo(): void;
  inspect(): void;
  suggest(): void;
  /** To the box that narrows the candidates. */
  find(): void;
  dataset(): void;
}

/** Keys of the screen of references and maps. */
export function useReferenceCommands({ go, undo, inspect, suggest, find, dataset }: ReferenceScreen): void {
  useCommands([
    ...offered(menuTable, {
      'go.next': () => go(1),
      'go.previous': () => go(-1),
      'edit.undo': undo,
      'edit.find': find,
    }),
    ...offered(referencesTable, {
      'references.inspect': inspect,
      'references.suggest': suggest,
      'references.back': dataset,
    }),
  ]);
}
