import { ref, watch, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { languages } from '../../shared/locales/index.js';
import { offered } from '../commands/command.js';
import { frameTable } from '../commands/tables/frame.js';
import { menuTable } from '../commands/tables/menu.js';
import { shellBridge } from '../shell/bridge.js';
import { useNotices } from '../stores/notices.js';
import { themes, usePreferences } from '../stores/preferences.js';
import { useProject } from '../stores/project.js';
import { useCommands } from './useCommands.js';
import { useScreenCommands } from './useScreenCommands.js';

/** The one after `value`, and the first after the last. */
const after = <Value>(values: readonly Value[], value: Value): Value =>
  values[(values.indexOf(value) + 1) % values.length];

/** What can be asked for on every screen. */
export function useFrameCommands(): { paletteOpen: Ref<boolean>; sheetOpen: Ref<boolean> } {
  const [paletteOpen, sheetOpen] = [ref(false), ref(false)];
  const [preferences, project, notices, router] = [usePreferences(), useProject(), useNotices(), useRouter()];

  /** A folder that is chosen on the desktop; in a browser, the screen where its path is typed. */
  async function openProject(): Promise<void> {
    const bridge = shellBridge();
    if (!bridge) return void (await router.push({ name: 'start' }));
    const folder = await bridge.chooseFolder();
    if (folder === null) return;
    const { key } = await project.openFolder(folder);
    await router.push({ name: 'dataset', params: { project: key } });
  }

  useScreenCommands();
  useCommands([
    ...offered(menuTable, {
      'project.new': () => void router.push({ name: 'import' }),
      'edit.settings': () => void router.push({ name: 'settings' }),
      'view.palette': () => (paletteOpen.value = true),
      'help.keys': () => (sheetOpen.value = true),
    }),
    ...offered(frameTable, {
      'project.open': () => void notices.attempt(openProject),
      'view.theme': () => (preferences.theme = after(themes, preferences.theme)),
      'view.language': () => (preferences.language = after(languages, preferences.language)),
    }),
  ]);
  // A menu's command may lead elsewhere while one of them is open.
  watch(router.currentRoute, () => ([paletteOpen.value, sheetOpen.value] = [false, false]));
  return { paletteOpen, sheetOpen };
}
