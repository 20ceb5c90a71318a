/**
 * Bundles the TypeScript into dist/: the command line, the worker threads, the probe of the compute runtime, the desktop
 * app's engine and shell, and the studio's page (renderer.mjs), with its icon (icons.mjs). Packages of the programs stay in node_modules, but for the
 * shell's; JSON and WebAssembly are inlined.
 *
 * Usage: node build/bundle.mjs [cli] [worker] [refiner] [probe] [h5-worker] [engine] [main] [preload] [renderer] (default: all),
 * or: bench-crf
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemblyScriptForEsbuild } from './assemblyscript.mjs';
import { drawIcon } from './icons.mjs';
import { buildRenderer } from './renderer.mjs';

const root = resolve(import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)), '..');

/** Programs of dist/ and the file each starts from. */
const entries = {
  cli: 'electron/cli/main.ts',
  worker: 'electron/engine/jobs/worker.ts',
  refiner: 'electron/engine/services/refine-worker.ts',
  probe: 'electron/engine/learn/runtime/probe.ts',
  'h5-worker': 'electron/engine/learn/weights/h5-worker.mjs',
  engine: 'electron/engine/server/desktop/main.ts',
};

/** What runs inside Electron: CommonJS, for preload scripts in the sandbox know no other; with their packages in them. */
const shellEntries = { main: 'electron/main/main.ts', preload: 'electron/preload/preload.ts' };

/** Bundled only when named. */
const benchmarks = { 'bench-crf': 'tests/bench/crf.ts' };

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  sourcemap: 'linked',
  logLevel: 'warning',
};

const nodePrograms = {
  ...common,
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  plugins: [assemblyScriptForEsbuild],
};

const electronPrograms = {
  ...common,
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // Of Electron 22, the oldest that the tests run.
  target: 'node16.17',
  external: ['electron'],
};

const picked = (from, names) =>
  Object.fromEntries(names.filter((name) => from[name]).map((name) => [name, from[name]]));

/** The page, which Vite builds into a folder of its own. */
const PAGE = 'renderer';

/**
 * Writes dist/<name>.mjs (.cjs for Electron's) for every entry, and the page; or the named ones. Rejects with the messages
 * of esbuild or Vite where the sources do not compile.
 */
export async function bundle(names = [...Object.keys({ ...entries, ...shellEntries }), PAGE]) {
  const programs = names.filter((name) => name !== PAGE);
  if (programs.length > 0) await bundlePrograms(programs);
  if (programs.includes('main')) await drawIcon();
  if (names.includes(PAGE)) await buildRenderer();
}

async function bundlePrograms(names) {
  const { build } = await import('esbuild');
  await build({ ...nodePrograms, entryPoints: picked({ ...entries, ...benchmarks }, names) });
  await build({ ...electronPrograms, entryPoints: picked(shellEntries, names) });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  // esbuild has printed what is wrong, with file and line.
  await bundle(names.length ? names : undefined).catch(() => process.exit(1));
}
