import { z } from 'zod';
import '@fontsource-variable/inter/index.css';
import { createPinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { createApp } from 'vue';
import App from './App.vue';
import { createTexts, preferredLanguage } from './locales/index.js';
import { router } from './router.js';
import './theme/base.css';
import { preset } from './theme/preset.js';

// zod would write functions out of text, which the page's policy forbids.
z.config({ jitless: true });

createApp(App)
  .use(createPinia())
  .use(createTexts(preferredLanguage()))
  .use(PrimeVue, { theme: { preset, options: { darkModeSelector: '.dark' } } })
  .use(router)
  .mount('#app');
