/**
 * Gives every parser of foreign bytes broken inputs and prints what came of them as a table in Markdown (that of
 * docs/security.md, with its default of 10,000).
 *
 * Usage: node build/fuzz.mjs [RUNS] (after npm run setup); slow parsers get a share of the runs
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs the fuzzing tests; their figures lie in `folder`. Returns vitest's exit code. */
function fuzz(runs, folder) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, COMASK_FUZZ_RUNS: runs, COMASK_FUZZ_FIGURES: folder };
  const args = [vitest, 'run', '--project', 'unit', 'tests/unit/hostile'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2], env }).status;
}

/** The figures of a folder as a table: a line a parser, and their sum. */
export function figuresTable(folder) {
  const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const parsers = readdirSync(folder).sort().flatMap(read);
  const columns = ['tried', 'refused', 'parsed', 'escaped'];
  const sums = columns.map((column) => parsers.reduce((sum, figures) => sum + figures[column], 0));
  const lines = [
    ['parser', 'tried', 'refused', 'read', 'escaped'],
    ['---', '--:', '--:', '--:', '--:'],
    ...parsers.map((figures) => [figures.parser, ...columns.map((column) => figures[column])]),
    [`all ${parsers.length}`, ...sums],
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'comask-fuzz-'));
  try {
    process.exitCode = fuzz(process.argv[2] ?? '10000', folder);
    const options = await resolveConfig(join(root, 'README.md'));
    console.log(await format(figuresTable(folder), { ...options, parser: 'markdown' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
