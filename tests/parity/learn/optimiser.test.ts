import { beforeAll, describe, expect, it } from 'vitest';
import { trainSettings } from '../../../shared/settings/index.js';
import { classifierParameters } from '../../../electron/engine/learn/nets/classifier.js';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { learningRate, rateFactor, sgdStep } from '../../../electron/engine/learn/train/optimiser.js';
import { referenceCheckpoint } from '../../../electron/engine/learn/weights/mappings/index.js';
import { allclose, goldenAvailable, readGolden, readGoldenJson } from '../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const sgd = { momentum: 0.9, nesterov: true, weightDecay: 5e-4 };
const reference = trainSettings.defaults('reference');

describe.skipIf(!goldenAvailable)('optimiser (needs the golden numbers)', () => {
  it.each(['plain', 'decay'])('five steps, %s', (name) => {
    const golden = readGolden(`sgd_nesterov__${name}`);
    const json = readGoldenJson('sgd_nesterov');
    const rates = json.cases[name].lr_per_step_and_group as number[][];
    for (let group = 0; group < 4; group++) {
      const { data, shape } = golden.float(`param_init_group${group}`);
      const weight = tf.tidy(() => tf.variable(tf.tensor(data, shape)));
      const velocity = tf.tidy(() => tf.variable(tf.zeros(shape)));
      for (let step = 0; step < 5; step++) {
        const gradient = tf.tensor(golden.float(`step${step}.grad_group${group}`).data, shape);
        sgdStep(tf, weight, velocity, gradient, rates[step][group], sgd);
        gradient.dispose();
        for (const [key, variable] of [['param', weight] as const, ['momentum', velocity] as const]) {
          const expected = golden.float(`step${step}.${key}_group${group}`).data;
          const { close, message } = allclose(variable.dataSync(), expected, json.suggested_tolerance);
          expect(close, `step ${step} ${key} of group ${group}: ${message}`).toBe(true);
        }
      }
      tf.dispose([weight, velocity]);
    }
  });

  it('gives every weight of the reference preset the learning rate of the published groups', () => {
    const specs = classifierParameters(trainSettings.resolve({ 'head.matrices': 'one' }, 'reference'), 20);
    const seen = new Set<string>();
    for (const { lr_multiplier: factor, names } of readGoldenJson('sgd_nesterov').official_parameter_groups) {
      for (const published of names as string[]) {
        const [name] = referenceCheckpoint.map(new Map([[published, { shape: [], data: new Float32Array(1) }]])).keys();
        expect(rateFactor(specs.get(name)!, reference), published).toBe(factor);
        seen.add(name);
      }
    }
    expect([...specs.keys()].filter((name) => !seen.has(name))).toEqual([]);
  });

  it('lowers the rate at the published epochs', () => {
    const published = readGoldenJson('sgd_nesterov').official_lr_per_epoch_and_group_decay_points_5_10 as number[][];
    published.forEach(([first], epoch) => expect(learningRate(reference, epoch * 7, 7)).toBeCloseTo(first, 12));
  });
});
