/**
 * The whole of `npm test`: brings in what is missing, then lint, format, types and every test. The last line counts what
 * passed and failed (each of the checks counts as one), and the exit code is 1 where anything failed.
 *
 * Usage: node build/test.mjs [vitest arguments]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orExit, setUp } from './setup.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const checks = [
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['.', '--max-warnings', '0'] },
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types', program: 'typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'types of the page', program: 'vue-tsc/bin/vue-tsc.js', args: ['--noEmit', '-p', 'renderer'] },
];

/** Runs a program of node_modules by its file, so that no shell is needed. True when it ended well. */
function runPackage(program, args) {
  const file = join(root, 'node_modules', program);
  return spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

/**
 * Counts of vitest's JSON report. A file that could not even be loaded has no tests of its own and counts as one failure;
 * so does a run that ended badly without naming a test.
 */
export function countTests(report, endedWell) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + unloaded.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !endedWell ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** `12 passed, 0 failed`, and `, 3 skipped` where there are any. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'comask-test-'));
  const outputFile = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
    const endedWell = runPackage('vitest/vitest.mjs', ['run', ...reporters, ...args]);
    return countTests(JSON.parse(readFileSync(outputFile, 'utf8')), endedWell);
  } catch (error) {
    console.error(`error: vitest left no report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  await orExit(() => setUp());
  const failedChecks = checks.filter(({ name, program, args }) => {
    console.log(`> ${name}`);
    return !runPackage(program, args);
  });
  console.log('> tests');
  const counts = runTests(process.argv.slice(2));
  for (const { name } of failedChecks) console.log(`failed: ${name}`);
  const passed = counts.passed + checks.length - failedChecks.length;
  const failed = counts.failed + failedChecks.length;
  console.log(summaryLine({ ...counts, passed, failed }));
  process.exitCode = failed > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
