import { useRouter } from 'vue-router';
import { useSample } from '../stores/sample.js';
import { offered } from '../commands/command.js';
import { menuTable } from '../commands/tables/menu.js';
import { useCommands } from './useCommands.js';

/** Opens the sample project and goes there; the start screen shows how far it is. */
export function useOpenSample(): () => Promise<void> {
  const [sample, router] = [useSample(), useRouter()];
  return async () => {
    await router.push({ name: 'start' });
    const project = await sample.open();
    // Who has gone elsewhere meanwhile is left there.
    const waits = ['start', 'begin'].includes(String(router.currentRoute.value.name));
    if (project !== null && waits) await router.push({ name: 'dataset', params: { project } });
  };
}

/** Offers the same on every screen. */
export function useSampleCommand(): void {
  const open = useOpenSample();
  useCommands(offered(menuTable, { 'project.sample': () => void open() }));
}
