/**
 * What resuming costs: the time from starting `comask train --resume` to its first step in the log, less that of a training
 * that starts fresh, in turns. Scenes of 32 px, so that the step itself takes little of either; the checkpoint, weights and
 * velocities, is as large as at any size.
 *
 * Usage: npm run build
 *        npx esbuild tests/bench/resume.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench-resume.mjs
 *        node dist/bench-resume.mjs [BACKBONE] [ROUNDS]
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../../build/bench/table.mjs';
import { trainSettings } from '../../shared/settings/index.js';
import { classifierParameters } from '../../electron/engine/learn/nets/classifier.js';
import { firstWeights } from '../../electron/engine/learn/train/state.js';
import { encodeSafetensors } from '../../electron/engine/learn/weights/safetensors.js';

const backbone = argv[2] ?? 'vgg16';
const rounds = Number(argv[3] ?? 5);
const program = join(import.meta.dirname, '..', 'build', 'comask.mjs');
const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
const [photos, project, weights] = ['photos', 'project', 'weights.safetensors'].map((name) => join(folder, name));
const run = join(project, 'runs', 'bench');
const log = join(run, 'log.jsonl');

const comask = (...args: string[]): void => void execFileSync(execPath, [program, ...args], { stdio: 'ignore' });
const size = (): number => (existsSync(log) ? statSync(log).size : 0);

const given = backbone === 'tiny' ? [] : ['--weights', weights];
const sets = ['inputSize=32', 'batchSize=1', 'epochs=1000', 'watch.enabled=off'].flatMap((pair) => ['--set', pair]);
const train = ['train', project, '--run', 'bench', '--backbone', backbone, ...given, ...sets];

/** Seconds until a training has logged a step; it is killed then, or ended as Ctrl-C does, which writes a checkpoint. */
async function untilStep(mode: '--resume' | '--overwrite', end: 'SIGKILL' | 'SIGINT'): Promise<number> {
  const start = performance.now();
  const logged = mode === '--resume' ? size() : 0;
  if (mode === '--overwrite') rmSync(log, { force: true });
  const child = spawn(execPath, [program, ...train, mode], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (size() <= logged && child.exitCode === null) await sleep(2);
  const seconds = (performance.now() - start) / 1000;
  if (child.exitCode !== null) throw new Error(`the training ended with ${child.exitCode} before its first step`);
  child.kill(end);
  await ended;
  return seconds;
}

try {
  const settings = trainSettings.resolve({ backbone: backbone as 'vgg16' });
  const all = firstWeights(classifierParameters(settings, 6), null, 1);
  writeFileSync(weights, encodeSafetensors(new Map([...all].filter(([name]) => name.startsWith('backbone.')))));
  comask('sample', photos, '--set', 'images=40');
  comask('new', project, '--dataset', photos);
  const times: { fresh: number[]; resumed: number[] } = { fresh: [], resumed: [] };
  for (let round = 0; round < rounds; round++) {
    times.fresh.push(await untilStep('--overwrite', 'SIGINT'));
    times.resumed.push(await untilStep('--resume', 'SIGKILL'));
  }
  const [fresh, resumed] = [median(times.fresh), median(times.resumed)];
  const megabytes = statSync(join(run, 'checkpoints', 'latest.safetensors')).size / 1e6;
  console.log(
    `${backbone}, checkpoint of ${megabytes.toFixed(0)} MB, medians of ${rounds}: fresh ${fresh.toFixed(2)} s, ` +
      `resumed ${resumed.toFixed(2)} s, so resuming costs ${(resumed - fresh).toFixed(2)} s`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
