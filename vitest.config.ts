import { defineConfig } from 'vitest/config';
import { assemblyScriptForVite } from './build/assemblyscript.mjs';

/** Parity tests compare with golden numbers; crash and end-to-end tests run the built command line. */
export default defineConfig({
  plugins: [assemblyScriptForVite],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      { extends: true, test: { name: 'parity', include: ['tests/parity/**/*.test.ts'] } },
      { extends: true, test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
