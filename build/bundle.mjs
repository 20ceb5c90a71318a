/**
 * Bundles the TypeScript into dist/: the command line, the worker threads, the probe of the compute runtime, and the studio's
 * page (renderer.mjs). Packages of the programs stay in node_modules; JSON and WebAssembly are inlined.
 *
 * Usage: node build/bundle.mjs [cli] [worker] [refiner] [probe] [h5-worker] [renderer] (default: all), or: bench-crf
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemblyScriptForEsbuild } from './assemblyscript.mjs';
import { buildRenderer } from './renderer.mjs';

const root = resolve(import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)), '..');

/** Programs of dist/ and the file each starts from. */
const entries = {
  cli: 'electron/cli/main.ts',
  worker: 'electron/engine/jobs/worker.ts',
  refiner: 'electron/engine/services/refine-worker.ts',
  probe: 'electron/engine/learn/runtime/probe.ts',
  'h5-worker': 'electron/engine/learn/weights/h5-worker.mjs',
};

/** Bundled only when named. */
const benchmarks = { 'bench-crf': 'tests/bench/crf.ts' };

/** The page, which Vite builds into a folder of its own. */
const PAGE = 'renderer';

/** Writes dist/<name>.mjs for every entry and the page, or for the named ones. Rejects with messages where the sources do not compile. */
export async function bundle(names = [...Object.keys(entries), PAGE]) {
  const programs = names.filter((name) => name !== PAGE);
  if (programs.length > 0) await bundlePrograms(programs);
  if (names.includes(PAGE)) await buildRenderer();
}

async function bundlePrograms(names) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, { ...entries, ...benchmarks }[name]])),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    plugins: [assemblyScriptForEsbuild],
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  // esbuild has printed what is wrong, with file and line.
  await bundle(names.length ? names : undefined).catch(() => process.exit(1));
}
