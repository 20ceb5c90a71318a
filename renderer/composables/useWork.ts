import { onBeforeUnmount, onMounted, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { useNotices } from '../stores/notices.js';

/** Milliseconds between two looks at work that runs. */
const PACE = 500;

/** Keeps what is shown of work for the machine up to date while it runs. */
export function useWork(load: () => Promise<void>, running: MaybeRefOrGetter<boolean>): void {
  const notices = useNotices();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    // A look that fails is tried again: the engine may be starting anew.
    await load().catch(() => undefined);
    if (toValue(running)) timer = setTimeout(() => void look(), PACE);
  }
  onMounted(() => void notices.attempt(load));
  watch(
    () => toValue(running),
    (runs) => runs && void look(),
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
}
