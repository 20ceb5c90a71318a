import { usePreferredDark } from '@vueuse/core';
import { computed, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { usePreferences } from '../stores/preferences.js';

/** Keeps theme and language of the page as the person wants them; switching takes effect at once. */
export function useLook(): void {
  const preferences = usePreferences();
  const systemIsDark = usePreferredDark();
  const { locale } = useI18n({ useScope: 'global' });
  const dark = computed(() => (preferences.theme === 'system' ? systemIsDark.value : preferences.theme === 'dark'));
  watchEffect(() => document.documentElement.classList.toggle('dark', dark.value));
  watchEffect(() => {
    locale.value = preferences.language;
    document.documentElement.lang = preferences.language;
  });
}
