/**
 * What more photos are worth: the paper's three settings (image-level labels; single-label photos of another dataset as
 * well; noisy web photos as well), one affinity matrix against three, and web labels with and without an audit. All of
 * them on one half of a VOC devkit's train photos as the target; the other half is made the rest. An experiment that was
 * stopped goes on where it was.
 *
 * Usage: node build/experiments/domains.mjs --data DIR --out DIR [options]
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orExit, setUp } from '../setup.mjs';
import { readOptions, wholeNumber } from '../steps/arguments.mjs';
import { runSteps } from '../steps/run.mjs';
import { UserError, openState } from '../steps/state.mjs';
import { stepsOf } from './domains/plan.mjs';
import { tableOf } from './domains/table.mjs';

/** Data and models that are no part of the project lie beside it. */
const shared = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared');
const beside = (...parts) => (existsSync(join(shared, ...parts)) ? join(shared, ...parts) : null);

const defaults = { backbone: 'mobilenet', size: 96, epochs: 5, seed: 1 };

const usage = `Usage: node build/experiments/domains.mjs --data DIR --out DIR [options]

Compares the paper's three settings on a VOC devkit with ground truth and prints a table. DIR of --out is made, or gone
on with. Nothing is written into DIR of --data.

Options:
  --weights PATH      first weights of the backbone (../shared/models/mobilenet_v1_0.75_224, where it is there)
  --backbone NAME     net that the features come from (${defaults.backbone}); tiny needs no weights
  --saliency FILE     ONNX network for saliency (../shared/models/u2netp/u2netp.onnx, where it is there; else builtin)
  --size N            side of a photo in training, px (${defaults.size})
  --epochs N          epochs of each training (${defaults.epochs})
  --limit N           only N photos, to try it out
  --seed N            seed of every random choice (${defaults.seed})
  --device cpu|cuda   where to compute (default: cuda where there is one)
  --help              this text`;

const names = ['data', 'out', 'weights', 'backbone', 'saliency', 'size', 'epochs', 'limit', 'seed', 'device'];

function required(name, value) {
  if (value !== undefined) return resolve(value);
  throw new UserError(`error: --${name} DIR is missing\n  Add --help to see how it is used.`);
}

function readArguments(args) {
  const { values } = readOptions(args, names);
  if (values.help) return { help: true };
  const number = (name, least) => wholeNumber(name, values[name] ?? String(defaults[name]), least);
  const backbone = values.backbone ?? defaults.backbone;
  const own = beside('models', 'mobilenet_v1_0.75_224');
  return {
    help: false,
    out: required('out', values.out),
    options: {
      data: required('data', values.data),
      weights: values.weights ? resolve(values.weights) : backbone === 'mobilenet' ? own : null,
      backbone,
      saliency: values.saliency ? resolve(values.saliency) : beside('models', 'u2netp', 'u2netp.onnx'),
      size: number('size', 32),
      epochs: number('epochs', 1),
      limit: values.limit === undefined ? null : wholeNumber('limit', values.limit, 8),
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
  if (process.exitCode === 0) console.log(`\n${tableOf(steps, state.steps)}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
