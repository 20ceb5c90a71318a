import { useCommands } from '../useCommands.js';
import { paneNames, type PaneName } from './panes.js';

interface ResultScreen {
  go(steps: 1 | -1): void;
  back(): void;
  toggle(pane: PaneName): void;
  zoom: { fit(): void; actual(): void; step(notches: number): void };
}

/** Keys of the screen of one evaluated image. */
export function useResultCommands({ go, back, toggle, zoom }: ResultScreen): void {
  const scope = 'image' as const;
  useCommands([
    { id: 'result-next', scope, text: 'command.next', keys: ['ArrowRight', 'D'], run: () => go(1) },
    { id: 'result-previous', scope, text: 'command.previous', keys: ['ArrowLeft', 'A'], run: () => go(-1) },
    { id: 'result-back', scope, text: 'results.back', keys: ['Escape'], run: back },
    ...paneNames.map((pane, at) => ({
      id: `result-pane-${pane}`,
      scope,
      text: `results.togglePane.${pane}`,
      keys: [String(at + 1)],
      run: () => toggle(pane),
    })),
    { id: 'result-fit', scope, text: 'command.fit', keys: ['Ctrl+0'], run: () => zoom.fit() },
    { id: 'result-actual', scope, text: 'command.actual', keys: ['Ctrl+1'], run: () => zoom.actual() },
    { id: 'result-in', scope, text: 'command.zoomIn', keys: ['+', '='], run: () => zoom.step(1) },
    { id: 'result-out', scope, text: 'command.zoomOut', keys: ['-'], run: () => zoom.step(-1) },
  ]);
}
