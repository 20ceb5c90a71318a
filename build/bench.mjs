/**
 * Times the studio against the Python it replaces: both sides in turns on this machine, on as many threads, and each
 * checked to compute the same. PyTorch, ONNX Runtime and pydensecrf are put into an environment of their own in the cache folder.
 *
 * Usage: node build/bench.mjs [NAME ...] [options] (or: npm run bench -- ...)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assemblyScriptForEsbuild } from './assemblyscript.mjs';
import { benches, chosen } from './bench/plan.mjs';
import { benchPython } from './bench/python.mjs';
import { alternate } from './bench/sides.mjs';
import { isWindowBench, runWindowBench } from './bench/studio.mjs';
import { figuresOf, machineOf, tableOf } from './bench/table.mjs';
import { orExit, setUp } from './setup.mjs';
import { readOptions, wholeNumber } from './steps/arguments.mjs';
import { UserError } from './steps/state.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bundles = join(root, 'dist', 'bench');
const defaults = { rounds: 7, limit: 300, size: 256 };
const defaultModel = resolve(root, '..', 'shared', 'models', 'u2netp', 'u2netp.onnx');

const usage = `Usage: npm run bench -- [NAME ...] [options]

${benches.map(({ name, about }) => `  ${name.padEnd(16)}${about}`).join('\n')}

  studio          the window in chromium, on 100,000 images; alone, with options of its own:
                  [--images N] [--folder DIR] [--only first,serve,electron,answers,queue,grid,training]

  editor          the mask editor in chromium: strokes, fill, undo, wand, superpixels, changes of image, memory; alone

All but studio and editor without a name. Both sides take turns, on as many threads; a quiet machine gives figures to rely on.

Options:
  --rounds N      turns of each side; the median counts (${defaults.rounds})
  --limit N       photos of the benches of maps (${defaults.limit})
  --size N        side of a photo as the net sees it, px (${defaults.size})
  --threads N     threads of either side (default: all, ${availableParallelism()})
  --u2netp FILE   model of the bench saliency (../shared/models/u2netp/u2netp.onnx, where it is there)
  --json FILE     where the figures go (dist/bench/results.json)
  --help          this text`;

function readArguments(args) {
  const names = ['rounds', 'limit', 'size', 'threads', 'u2netp', 'json'];
  const { values, positionals } = readOptions(args, names, { positionals: benches.length });
  const number = (name, least, otherwise = defaults[name]) =>
    wholeNumber(name, values[name] ?? String(otherwise), least);
  const { benches: wanted, unknown } = chosen(positionals);
  if (unknown) throw new UserError(`error: there is no bench "${unknown[0]}"\n  Add --help to see which there are.`);
  return {
    help: values.help ?? false,
    wanted,
    rounds: number('rounds', 1),
    json: resolve(values.json ?? join(bundles, 'results.json')),
    options: {
      threads: number('threads', 1, availableParallelism()),
      limit: number('limit', 10),
      size: number('size', 32),
      microBatch: 0,
      labels: 0,
      model: values.u2netp ? resolve(values.u2netp) : defaultModel,
    },
  };
}

async function bundle(files) {
  const { build } = await import('esbuild');
  const entryPoints = Object.fromEntries(files.map((file) => [file.split('/').pop(), join('tests', 'bench', `${file}.ts`)])); // prettier-ignore
  await build({ absWorkingDir: root, entryPoints, outdir: bundles, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', plugins: [assemblyScriptForEsbuild], logLevel: 'warning' }); // prettier-ignore
}

/** One bench in a folder of its own, which is removed after it. */
async function run(bench, python, { options, rounds }) {
  if (bench.needsModel && !existsSync(options.model))
    return { bench, skipped: `skipped: no ${options.model} (--u2netp)` };
  const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
  const asked = JSON.stringify({ ...options, ...bench.options });
  const ours = [process.execPath, join(bundles, `${bench.file}.mjs`)];
  try {
    const { status } = spawnSync(ours[0], [ours[1], 'prepare', folder, asked], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new UserError(`error: ${bench.name}: the inputs could not be made`);
    const peer = [python, join(root, 'tests', 'bench', 'peers', `${bench.file}.py`), folder, asked];
    const commands = { ours: [...ours, 'serve', folder, asked], ...(bench.alone ? {} : { peer }) };
    const threads = String({ ...options, ...bench.options }.threads);
    const env = { OMP_NUM_THREADS: threads, MKL_NUM_THREADS: threads, TF_NUM_INTRAOP_THREADS: threads };
    const sides = await alternate(commands, env, rounds);
    return { bench, sides, figures: figuresOf(bench, sides) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(args) {
  if (isWindowBench(args[0])) {
    await orExit(() => setUp());
    process.exitCode = await runWindowBench(args[0], args.slice(1));
    return;
  }
  const asked = readArguments(args);
  if (asked.help) return void console.log(usage);
  await orExit(() => setUp());
  await bundle(['support/places', ...new Set(asked.wanted.map(({ file }) => file))]);
  const places = await import(pathToFileURL(join(bundles, 'places.mjs')).href);
  const needsPython = asked.wanted.some(({ alone }) => !alone);
  const python = needsPython ? await orExit(() => benchPython(places, (line) => console.error(line))) : null;

  const machine = machineOf(asked.options.threads);
  const results = [];
  for (const bench of asked.wanted) {
    console.error(`${bench.name}: ${bench.about} ...`);
    // The others are not lost with one that fails.
    const result = await run(bench, python, asked).catch((error) => {
      if (!(error instanceof UserError)) throw error;
      console.error(error.message);
      process.exitCode = 2;
      return { bench, skipped: 'failed' };
    });
    results.push(result);
  }
  const versions = Object.assign({}, ...results.flatMap(({ sides }) => Object.values(sides ?? {}).map((side) => side.versions))); // prettier-ignore
  mkdirSync(dirname(asked.json), { recursive: true });
  const { wanted: _, ...request } = asked;
  writeFileSync(asked.json, `${JSON.stringify({ machine, versions, request, results }, null, 2)}\n`);
  console.log(
    `\n${machine.processor}; ${machine.memory}; ${machine.system}; load at the start ${machine.load.toFixed(1)}`,
  );
  console.log(`${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}\n`); // prettier-ignore
  console.log(`${tableOf(results)}\n\nfigures: ${asked.json}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
