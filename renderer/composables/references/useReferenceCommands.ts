import { useCommands } from '../useCommands.js';

interface ReferenceScreen {
  go(steps: number): void;
  undo(): void;
  inspect(): void;
  suggest(): void;
  dataset(): void;
}

/** Keys of the screen of references and maps. */
export function useReferenceCommands({ go, undo, inspect, suggest, dataset }: ReferenceScreen): void {
  const scope = 'references';
  useCommands([
    { id: 'references-next', scope, text: 'command.next', keys: ['ArrowRight', 'D'], run: () => go(1) },
    { id: 'references-previous', scope, text: 'command.previous', keys: ['ArrowLeft', 'A'], run: () => go(-1) },
    { id: 'references-undo', scope, text: 'command.undoSet', keys: ['Ctrl+Z'], run: undo },
    { id: 'references-inspect', scope, text: 'command.inspect', keys: ['I'], run: inspect },
    { id: 'references-suggest', scope, text: 'command.suggest', keys: ['G'], run: suggest },
    { id: 'references-back', scope, text: 'command.back', keys: ['Escape'], run: dataset },
  ]);
}
