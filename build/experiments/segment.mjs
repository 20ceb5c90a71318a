/**
 * What pseudo-masks are worth to a segmenter: the same training on pseudo-masks, on those with the worst of them corrected
 * (ground truth stands for the person's work), and on ground truth, which is the ceiling; each measured on the val split. An
 * experiment that was stopped goes on where it was.
 *
 * Usage: node build/experiments/segment.mjs --data DIR --masks DIR --weights FILE --out DIR [options]
 */
import { resolve } from 'node:path';
import { orExit, setUp } from '../setup.mjs';
import { readOptions, wholeNumber } from '../steps/arguments.mjs';
import { runSteps } from '../steps/run.mjs';
import { UserError, openState } from '../steps/state.mjs';
import { stepsOf } from './segment/plan.mjs';
import { tableOf } from './segment/table.mjs';

const defaults = { segmenter: 'vgg16-largefov', iterations: 400, batch: 4, crop: 193, frozen: 4, percent: 10, seed: 1 };

const usage = `Usage: node build/experiments/segment.mjs --data DIR --masks DIR --weights FILE --out DIR [options]

Trains a segmenter on pseudo-masks, on the same with the worst of them corrected, and on ground truth, and prints a table.
DIR of --out is made, or gone on with. Nothing is written into the other folders.

Options:
  --data DIR          VOC devkit with ground truth, splits train and val
  --masks DIR         pseudo-masks of its train split: {id}.png, 0 background, class + 1, 255 ignore
  --weights FILE      first weights of the backbone: of ImageNet, or a checkpoint of a run of \`comask train\`
  --segmenter NAME    net to train (${defaults.segmenter})
  --iterations N      steps of each training (${defaults.iterations})
  --batch N           photos a step (${defaults.batch})
  --crop N            side of what is seen of a photo, px (${defaults.crop})
  --frozen N          first stages of the backbone that stay as they are (${defaults.frozen})
  --percent N         share of the masks to correct, the worst first, in percent (${defaults.percent})
  --seed N            seed of every random choice
  --device cpu|cuda   where to compute (default: cuda where there is one)
  --help              this text`;

const names = ['data', 'masks', 'weights', 'out', 'segmenter', 'iterations', 'batch', 'crop', 'frozen', 'percent', 'seed', 'device']; // prettier-ignore

function required(name, value) {
  if (value !== undefined) return resolve(value);
  throw new UserError(`error: --${name} is missing\n  Add --help to see how it is used.`);
}

function readArguments(args) {
  const { values } = readOptions(args, names);
  if (values.help) return { help: true };
  const number = (name, least) => wholeNumber(name, values[name] ?? String(defaults[name]), least);
  const segmenter = values.segmenter ?? defaults.segmenter;
  const fromNothing = segmenter.startsWith('tiny');
  return {
    help: false,
    out: required('out', values.out),
    options: {
      data: required('data', values.data),
      masks: required('masks', values.masks),
      weights: fromNothing && values.weights === undefined ? null : required('weights', values.weights),
      segmenter,
      iterations: number('iterations', 1),
      batch: number('batch', 1),
      crop: number('crop', 33),
      frozen: number('frozen', 0),
      percent: number('percent', 1),
      seed: number('seed', 0),
      device: values.device ?? null,
    },
  };
}

async function main(args) {
  const { help, out, options } = readArguments(args);
  if (help) return void console.log(usage);
  await orExit(() => setUp());
  const state = openState(out, 'experiment', options);
  const steps = stepsOf(out, options);
  process.exitCode = await runSteps(steps, state, (line) => console.error(line));
  if (process.exitCode === 0) console.log(`\n${tableOf(state.steps)}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
