import { toValue, type MaybeRefOrGetter } from 'vue';
import { useCommands } from '../useCommands.js';
import type { Place } from './place.js';

interface RunsScreen {
  place: MaybeRefOrGetter<Place>;
  go(place: Place): void;
}

/** Keys of the Runs screen. */
export function useRunCommands({ place, go }: RunsScreen): void {
  const scope = 'runs';
  useCommands([
    {
      id: 'runs-new',
      scope,
      text: 'runs.command.train',
      keys: ['N'],
      keysOnly: true,
      run: () => go({ at: 'new', kind: 'train', from: null }),
    },
    {
      id: 'runs-back',
      scope,
      text: 'runs.command.back',
      keys: ['Escape'],
      when: () => toValue(place).at !== 'list',
      run: () => go({ at: 'list' }),
    },
    {
      id: 'runs-search',
      scope,
      text: 'runs.command.search',
      keys: ['/', 'Ctrl+F'],
      when: () => toValue(place).at === 'new',
      run: searchSettings,
    },
  ]);
}

/** Opens the list of all settings and puts the keyboard into its search. */
function searchSettings(): void {
  const field = document.getElementById('setting-search');
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}
