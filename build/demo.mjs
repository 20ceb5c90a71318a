/**
 * The main job on a generated sample: photos, two trainings, class-activation, single-round and multi-round maps,
 * saliency, fused masks, figures and a report with pictures. A demo that was stopped goes on where it was.
 *
 * Usage: node build/demo.mjs [FOLDER] [--images N] [--epochs N] [--seed N] [--device cpu|cuda]   (or: npm run demo)
 */
import { resolve } from 'node:path';
import { pathsOf, stepsOf } from './demo/plan.mjs';
import { tableOf } from './demo/table.mjs';
import { orExit, setUp } from './setup.mjs';
import { readOptions, wholeNumber } from './steps/arguments.mjs';
import { runSteps } from './steps/run.mjs';
import { UserError, openState } from './steps/state.mjs';

const defaults = { folder: 'comask-demo', images: 300, seed: 1 };

const usage = `Usage: npm run demo -- [FOLDER] [options]

Runs the main job on generated photos and prints what comes out. FOLDER is ${defaults.folder} unless named; a demo that
was stopped goes on where it was.

Options:
  --images N          photos to generate (${defaults.images}); a fifth of them is kept for validation
  --epochs N          epochs of each of the two trainings (those that suit the small net)
  --seed N            seed of every random choice (${defaults.seed})
  --device cpu|cuda   where to compute (default: cuda where there is one)
  --help              this text`;

function readArguments(args) {
  const { values, positionals } = readOptions(args, ['images', 'epochs', 'seed', 'device'], { positionals: 1 });
  return {
    help: values.help ?? false,
    folder: resolve(positionals[0] ?? defaults.folder),
    options: {
      images: wholeNumber('images', values.images ?? String(defaults.images), 10),
      epochs: values.epochs === undefined ? null : wholeNumber('epochs', values.epochs, 1),
      seed: wholeNumber('seed', values.seed ?? String(defaults.seed), 0),
      device: values.device ?? null,
    },
  };
}

async function main(args) {
  const { help, folder, options } = readArguments(args);
  if (help) return void console.log(usage);
  await orExit(() => setUp());
  const state = openState(folder, 'demo', options);
  const steps = stepsOf(folder, options);
  process.exitCode = await runSteps(steps, state, (line) => console.error(line));
  if (process.exitCode !== 0) return;
  console.log(`\n${tableOf(steps, state.steps)}\n\nreport: ${pathsOf(folder).report}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
