import { toValue, type MaybeRefOrGetter } from 'vue';
import { offered } from '../../commands/command.js';
import { menuTable } from '../../commands/tables/menu.js';
import { runsTable } from '../../commands/tables/runs.js';
import { useCommands } from '../useCommands.js';
import type { Place } from './place.js';

interface RunsScreen {
  place: MaybeRefOrGetter<Place>;
  go(place: Place): void;
}

/** Keys of the Runs screen. */
export function useRunCommands({ place, go }: RunsScreen): void {
  useCommands([
    ...offered(runsTable, {
      'runs.new': () => go({ at: 'new', kind: 'train', from: null }),
      'runs.back': { when: () => toValue(place).at !== 'list', run: () => go({ at: 'list' }) },
    }),
    ...offered(menuTable, { 'edit.find': { when: () => toValue(place).at === 'new', run: searchSettings } }),
  ]);
}

/** Opens the list of all settings and puts the keyboard into its search. */
function searchSettings(): void {
  const field = document.getElementById('setting-search');
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}
