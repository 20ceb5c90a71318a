import { offered } from '../../commands/command.js';
import { imageTable } from '../../commands/tables/image.js';
import { menuTable } from '../../commands/tables/menu.js';
import { resultTable } from '../../commands/tables/result.js';
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
  const panes = Object.fromEntries(paneNames.map((pane) => [`result.pane.${pane}`, () => toggle(pane)]));
  useCommands([
    ...offered(menuTable, { 'go.next': () => go(1), 'go.previous': () => go(-1) }),
    ...offered(resultTable, { 'result.back': back, ...panes }),
    ...offered(imageTable, {
      'zoom.fit': () => zoom.fit(),
      'zoom.actual': () => zoom.actual(),
      'zoom.in': () => zoom.step(1),
      'zoom.out': () => zoom.step(-1),
    }),
  ]);
}
