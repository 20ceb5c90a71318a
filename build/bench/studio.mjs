import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..');

/** Benches of the window in chromium, each a program of its own. */
const programs = { studio: 'tests/bench/studio/main.ts', editor: 'tests/bench/editor.ts' };

/** Whether a name is that of a bench of the window. */
export const isWindowBench = (name) => Object.hasOwn(programs, name);

/** Bundles a bench of the window and runs it; returns its exit code. */
export async function runWindowBench(name, args) {
  const program = join('dist', 'bench', `${name}.mjs`);
  const { build } = await import('esbuild');
  await build({ absWorkingDir: root, entryPoints: [programs[name]], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'warning' }); // prettier-ignore
  return spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
