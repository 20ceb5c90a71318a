/**
 * Makes assets/sample/sample.zip, what the sample project comes ready with: a short training of the net `tiny` on its own 32
 * training scenes, and the maps of that. The scenes themselves, saliency, masks and figures are made on the spot, and so
 * are not in it. Takes some three minutes on two cores; stopped, it goes on where it was.
 *
 * Usage: node build/sample.mjs
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathsOf, stepsOf } from './sample/plan.mjs';
import { pack } from './sample/pack.mjs';
import { orExit, setUp } from './setup.mjs';
import { runSteps } from './steps/run.mjs';
import { UserError, openState } from './steps/state.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const archive = resolve(root, 'assets', 'sample', 'sample.zip');
const work = join(tmpdir(), 'comask-sample');

try {
  await orExit(() => setUp());
  mkdirSync(dirname(archive), { recursive: true });
  const state = openState(work, 'sample', {});
  const packing = { name: 'pack', about: 'packing', work: () => pack(pathsOf(work).project, archive) };
  process.exitCode = await runSteps([...stepsOf(work), packing], state, (line) => console.error(line));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
