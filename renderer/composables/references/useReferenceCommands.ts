import { offered } from '../../commands/command.js';
import { imageTable } from '../../commands/tables/image.js';
import { menuTable } from '../../commands/tables/menu.js';
import { referencesTable } from '../../commands/tables/references.js';
import { usePreferences } from '../../stores/preferences.js';
import { useCommands } from '../useCommands.js';
import type { Inspector } from './useAttention.js';

interface ReferenceScreen {
  go(steps: number): void;
  undo(): void;
  suggest(): void;
  /** To the box that narrows the candidates. */
  find(): void;
  dataset(): void;
  inspector: Inspector;
  /** The panes, while there are any. */
  zoom(): { fit(): void; actual(): void; step(notches: number): void } | null;
}

/** By how much of a photo a key moves the inspected place: a position of features of a photo of 256 px. */
const STEP = 1 / 32;
/** By how much a key changes the opacity. */
const FADE = 0.1;

/** Keys of the screen of references and maps. */
export function useReferenceCommands(screen: ReferenceScreen): void {
  const { go, undo, suggest, find, dataset, inspector, zoom } = screen;
  const preferences = usePreferences();
  const fade = (by: number): void =>
    void (preferences.paneOpacity = Math.min(1, Math.max(0, Math.round((preferences.paneOpacity + by) * 20) / 20)));
  const moved = (dx: number, dy: number) => ({
    when: () => inspector.on.value,
    run: () => inspector.move(dx * STEP, dy * STEP),
  });
  useCommands([
    ...offered(menuTable, {
      'go.next': () => go(1),
      'go.previous': () => go(-1),
      'edit.undo': undo,
      'edit.find': find,
    }),
    ...offered(imageTable, {
      'layer.stronger': () => fade(FADE),
      'layer.weaker': () => fade(-FADE),
      'zoom.fit': () => zoom()?.fit(),
      'zoom.actual': () => zoom()?.actual(),
      'zoom.in': () => zoom()?.step(1),
      'zoom.out': () => zoom()?.step(-1),
    }),
    ...offered(referencesTable, {
      'references.inspect': () => (inspector.on.value = !inspector.on.value),
      'references.placeLeft': moved(-1, 0),
      'references.placeRight': moved(1, 0),
      'references.placeUp': moved(0, -1),
      'references.placeDown': moved(0, 1),
      'references.suggest': suggest,
      'references.back': () => (inspector.on.value ? (inspector.on.value = false) : dataset()),
    }),
  ]);
}
