import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..');
const program = join('dist', 'bench', 'studio.mjs');

/** Bundles the bench of the window (tests/bench/studio/main.ts) and runs it; returns its exit code. */
export async function runStudioBench(args) {
  const { build } = await import('esbuild');
  await build({ absWorkingDir: root, entryPoints: ['tests/bench/studio/main.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'warning' }); // prettier-ignore
  return spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
