import { defineConfig } from 'vitest/config';
import vue from '@vitejs/plugin-vue';
import { assemblyScriptForVite } from './build/assemblyscript.mjs';

/** Renderer tests run in a stand-in for a browser. Parity tests compare with golden numbers; crash and end-to-end tests run the built command line. */
export default defineConfig({
  plugins: [assemblyScriptForVite],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], exclude: ['tests/unit/renderer/**'] },
      },
      {
        extends: true,
        plugins: [vue()],
        test: { name: 'renderer', include: ['tests/unit/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
      { extends: true, test: { name: 'parity', include: ['tests/parity/**/*.test.ts'] } },
      { extends: true, test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
