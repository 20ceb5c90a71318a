import { onBeforeUnmount, onMounted, watch } from 'vue';
import { useMachine } from '../stores/machine.js';
import { useNotices } from '../stores/notices.js';

/** Milliseconds between two looks at an installation that runs. */
const PACE = 500;

/** Keeps the runtimes that are shown up to date while one is being installed. */
export function useInstallation(): void {
  const [machine, notices] = [useMachine(), useNotices()];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    // A look that fails is tried again: the engine may be starting anew.
    await machine.loadRuntimes().catch(() => undefined);
    if (machine.installing) timer = setTimeout(() => void look(), PACE);
  }
  onMounted(() => void notices.attempt(() => machine.loadRuntimes()));
  watch(
    () => machine.installing,
    (running) => running && void look(),
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
}
