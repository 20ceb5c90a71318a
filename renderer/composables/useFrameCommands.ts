import { ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { languages } from '../../shared/locales/index.js';
import { themes, usePreferences } from '../stores/preferences.js';
import { useProject } from '../stores/project.js';
import { useCommands } from './useCommands.js';

/** The one after `value`, and the first after the last. */
const after = <Value>(values: readonly Value[], value: Value): Value =>
  values[(values.indexOf(value) + 1) % values.length];

/** What can be asked for on every screen. */
export function useFrameCommands(): { paletteOpen: Ref<boolean>; sheetOpen: Ref<boolean> } {
  const [paletteOpen, sheetOpen] = [ref(false), ref(false)];
  const [preferences, project, router] = [usePreferences(), useProject(), useRouter()];
  const scope = 'everywhere';
  useCommands([
    { id: 'palette', scope, text: 'command.palette', keys: ['Ctrl+K'], keysOnly: true, run: () => (paletteOpen.value = true) }, // prettier-ignore
    { id: 'sheet', scope, text: 'command.shortcuts', keys: ['?'], run: () => (sheetOpen.value = true) },
    {
      id: 'dataset',
      scope,
      text: 'command.dataset',
      keys: [],
      when: () => project.key !== '',
      run: () => void router.push({ name: 'dataset', params: { project: project.key } }),
    },
    {
      id: 'references',
      scope,
      text: 'command.references',
      keys: [],
      when: () => project.key !== '',
      run: () => void router.push({ name: 'references', params: { project: project.key } }),
    },
    { id: 'start', scope, text: 'command.start', keys: [], run: () => void router.push({ name: 'start' }) },
    { id: 'import', scope, text: 'command.import', keys: [], run: () => void router.push({ name: 'import' }) },
    {
      id: 'theme',
      scope,
      text: 'command.theme',
      keys: [],
      run: () => (preferences.theme = after(themes, preferences.theme)),
    },
    {
      id: 'language',
      scope,
      text: 'command.language',
      keys: [],
      run: () => (preferences.language = after(languages, preferences.language)),
    },
  ]);
  return { paletteOpen, sheetOpen };
}
