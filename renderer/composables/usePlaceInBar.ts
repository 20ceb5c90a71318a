import { onBeforeUnmount, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { useStatus } from '../stores/status.js';
import { useFormat } from './useFormat.js';

/** Says in the bar at the bottom which image of how many is looked at, while the screen is there. */
export function usePlaceInBar(place: () => number, total: () => number | null): void {
  const { t } = useI18n();
  const [format, status] = [useFormat(), useStatus()];
  watchEffect(() => {
    const n = total();
    status.place = n ? t('status.place', { i: format.number(place() + 1), n: format.number(n) }) : '';
  });
  onBeforeUnmount(() => (status.place = ''));
}
