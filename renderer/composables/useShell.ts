import { onBeforeUnmount, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { ShellCommand } from '../../shared/shell/bridge.js';
import { knownCommand } from '../commands/known.js';
import { commands } from '../commands/registry.js';
import { shellBridge } from '../shell/bridge.js';
import { inBrowser, onDesktop } from '../shell/surroundings.js';
import { useNotices } from '../stores/notices.js';
import { usePreferences } from '../stores/preferences.js';

/** Does what the desktop's menu asks for, and tells the menu how the page looks. In a browser there is nothing to do. */
export function useShell(): void {
  const bridge = shellBridge();
  commands.settle(bridge ? onDesktop : inBrowser);
  if (!bridge) return;
  const { t } = useI18n();
  const [preferences, notices, router] = [usePreferences(), useNotices(), useRouter()];

  function obey(command: ShellCommand): void {
    if (command.id === 'project.opened') {
      void router.push({ name: 'dataset', params: { project: command.project } });
    } else if (command.id === 'view.theme') preferences.theme = command.theme;
    else if (command.id === 'view.language') preferences.language = command.language;
    else if (!commands.run(command.id)) {
      const text = knownCommand(command.id)?.text;
      if (text) notices.say(t('frame.notHere', { command: t(text).replace(/(\.\.\.|…)$/, '') }));
    }
  }
  onBeforeUnmount(bridge.onCommand(obey));
  watch(
    () => ({ theme: preferences.theme, language: preferences.language }),
    (choice) => void bridge.appearance(choice),
    { immediate: true },
  );
}
