import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainSettings } from '../../../shared/settings/index.js';
import { affinityMatrix, basicMaps, coMaps, gateWeights } from '../../../electron/engine/learn/nets/classifier.js';
import {
  affinityOf,
  averagePool,
  coAttention,
  contrastiveFeatures,
  gateOf,
  positions,
} from '../../../electron/engine/learn/nets/coattention.js';
import { constantParameters } from '../../../electron/engine/learn/nets/parameters.js';
import { gatherer } from '../../../electron/engine/learn/localize/gather.js';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { crossEntropy, stepLosses, unshared, type Side } from '../../../electron/engine/learn/train/losses.js';
import { referenceCheckpoint } from '../../../electron/engine/learn/weights/mappings/index.js';
import { allclose, goldenAvailable, readGolden, readGoldenJson } from '../../support/golden.js';
import { fromNchw, referenceWeights, toNchw } from '../../support/tensors.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const settings = trainSettings.resolve({ backbone: 'vgg16' }, 'reference');

describe.skipIf(!goldenAvailable)('co-attention head (needs the golden numbers)', () => {
  const tolerances = goldenAvailable ? readGoldenJson('coattention_head').suggested_tolerance : {};

  it.each(['same_8x8_b2', '8x8_vs_6x6_b1', '5x7_vs_4x6_b1', '4x4_large_affinity_b1'])('%s', (name) => {
    const golden = readGolden(`coattention_head__${name}`);
    const weights = constantParameters(tf, referenceWeights(readGolden('coattention_head__weights')));
    const tolerance = tolerances[name] ?? tolerances.default;
    const compare = (key: string, actual: ArrayLike<number>): void => {
      const { close, message } = allclose(actual, golden.float(key).data, tolerance);
      expect(close, `${key}: ${message}`).toBe(true);
    };
    tf.tidy(() => {
      const first = fromNchw(tf, golden.float('feature1'));
      const second = fromNchw(tf, golden.float('feature2'));
      const matrix = affinityMatrix(weights, 'target');
      const p = affinityOf(tf, positions(tf, first), positions(tf, second), matrix, { form: 'raw' });
      compare('P', p.dataSync());
      const attended = coAttention(tf, first, second, matrix, { form: 'raw' });
      const gate = gateWeights(weights);
      const features: [Tensor4D, Tensor4D] = [first, second];
      const rest = features.map((x, i) => contrastiveFeatures(tf, x, attended[i], gate.weight, gate.bias));
      features.forEach((x, i) => {
        const side = i + 1;
        compare(`att${side}`, toNchw(tf, attended[i]));
        compare(`gate${side}`, toNchw(tf, gateOf(tf, attended[i], gate.weight, gate.bias)));
        compare(`comple_feat${side}`, toNchw(tf, rest[i]));
        compare(`cam${side}`, toNchw(tf, basicMaps(tf, weights, x)));
        compare(`co_map${side}`, toNchw(tf, coMaps(tf, weights, attended[i])));
        compare(`comple_map${side}`, toNchw(tf, coMaps(tf, weights, rest[i])));
      });
      const scores = features.map((x) => averagePool(tf, basicMaps(tf, weights, x)));
      compare('score', tf.concat(scores).dataSync());
      const coScores = [...attended, ...rest].map((x) => averagePool(tf, coMaps(tf, weights, x)));
      compare('co_score', tf.concat(coScores).dataSync());
      return undefined as unknown as Tensor;
    });
    tf.dispose(Object.values(weights));
  });
});

describe.skipIf(!goldenAvailable)('multi-round maps (needs the golden numbers)', () => {
  it.each(['8x8_vs_6x6_b1', '5x7_vs_4x6_b1', '4x4_large_affinity_b1'])(
    '%s: every class within 1e-3 of its range of the published co-attention maps',
    (name) => {
      const golden = readGolden(`coattention_head__${name}`);
      const weights = constantParameters(tf, referenceWeights(readGolden('coattention_head__weights')));
      const gather = gatherer(tf, weights, settings, { temperature: 0, joint: false });
      const images = ['feature1', 'feature2'].map((key) => fromNchw(tf, golden.float(key)));
      const sources = images.map((x) => gather.sourceOf(x, 'target'));
      (['first', 'second'] as const).forEach((side, i) => {
        const { data, shape } = golden.float(`co_map${i + 1}`);
        const size = shape[2] * shape[3];
        const wanted = Array.from({ length: shape[1] }, (_, classIndex) => ({ classIndex, sources: [sources[1 - i]] }));
        gather.maps({ features: images[i], domain: 'target' }, wanted, side).forEach((map, classIndex) => {
          const expected = data.slice(classIndex * size, (classIndex + 1) * size);
          const range = Math.max(...expected) - Math.min(...expected);
          const { close, message } = allclose(map, expected, { atol: 1e-3 * range });
          expect(close, `${side}, class ${classIndex}: ${message}, range ${range}`).toBe(true);
        });
      });
      tf.dispose([images, sources.flatMap(({ rows, scores }) => [rows, scores]), Object.values(weights)]);
    },
  );
});

describe.skipIf(!goldenAvailable)('losses from logits (needs the golden numbers)', () => {
  it.each([
    'typical',
    'side2_none_unshared',
    'neither_side_unshared',
    'one_row_of_side1_unshared',
    'nothing_shared',
    'large_logits',
  ])('%s', (name) => {
    const golden = readGolden(`losses__${name}`);
    const { losses: tolerance } = readGoldenJson('losses').suggested_tolerance;
    const terms: number[] = [];
    tf.tidy(() => {
      const matrix = (key: string): Tensor2D =>
        tf.tensor2d(golden.float(key).data, golden.float(key).shape as [number, number]);
      const [first, second] = [matrix('label1'), matrix('label2')];
      const common = tf.mul(first, second) as Tensor2D;
      const loss = (logits: string, from: number, labels: Tensor2D): void => {
        const rows = labels.shape[0];
        terms.push(crossEntropy(tf, tf.slice(matrix(logits), [from, 0], [rows, -1]), labels).dataSync()[0]);
      };
      const both = (labels: Tensor2D): Tensor2D => tf.concat([labels, labels]) as Tensor2D;
      loss('logits_pair', 0, tf.concat([first, second]) as Tensor2D);
      loss('co_logits_pair', 0, both(common));
      loss('co_logits_pair', 2 * first.shape[0], unshared(tf, first, second));
      loss('co_logits_pair', 3 * first.shape[0], unshared(tf, second, first));
      for (const view of ['flip', 'scale075', 'scale2']) {
        loss(`logits_${view}`, 0, both(first));
        loss(`co_logits_${view}`, 0, both(first));
      }
      return undefined as unknown as Tensor;
    });
    const { close, message } = allclose(terms, golden.float('terms').data, tolerance);
    expect(close, message).toBe(true);
  });
});

describe.skipIf(!goldenAvailable)('gradients of a training step (needs the golden numbers)', () => {
  const cases: [string, number[]][] = [
    ['c64_typical', [0, 2]],
    ['c64_side2_none_unshared', [2]],
    ['c512', [2]],
  ];
  it.each(cases)('%s', (name, epochs) => {
    const golden = readGolden(`losses_grad__${name}`);
    const file = name === 'c512' ? readGolden('coattention_head__weights') : golden;
    const json = readGoldenJson('losses');
    const limit = json.suggested_tolerance.gradients.relative_to_largest_of_the_tensor;
    const constants = constantParameters(tf, referenceWeights(file));
    const weights: Record<string, Variable> = Object.fromEntries(
      Object.entries(constants).map(([key, tensor]) => [key, tf.variable(tensor)]),
    );
    const names = ['feature1', 'feature2', 'feature_flip', 'feature_075', 'feature_2x'];
    const inputs = Object.fromEntries(
      names.map((key) => [key, tf.tidy(() => tf.variable(fromNchw(tf, golden.float(key)))) as Variable]),
    );
    const labels = (key: string): Tensor2D =>
      tf.tensor2d(golden.float(key).data, golden.float(key).shape as [number, number]);
    for (const epoch of epochs) {
      const { value, grads } = tf.variableGrads(() => {
        const side = (key: string, label: string): Side => ({
          features: inputs[key] as unknown as Tensor4D,
          labels: labels(label),
          labelWeights: null,
        });
        const first = side('feature1', 'label1');
        const self = ['feature_flip', 'feature_075', 'feature_2x'].map((key) => ({
          view: key,
          sides: [first, side(key, 'label1')] as [Side, Side],
          kind: 'target' as const,
          share: 1,
        }));
        const pair = { sides: [first, side('feature2', 'label2')] as [Side, Side], kind: 'target' as const, share: 1 };
        return stepLosses(tf, weights, [pair], self, settings, epoch).total as Scalar;
      });
      const total = json.gradient_cases[`losses_grad__${name}`][`epoch${epoch}`].total;
      expect(Math.abs(value.dataSync()[0] - total)).toBeLessThan(1e-5 * total + 1e-6);

      const gradientOf = new Map([
        ...Object.entries(inputs).map(([key, { name: id }]) => [key, toNchw(tf, grads[id])] as const),
        ...Object.entries(weights).map(([key, { name: id }]) => [key, grads[id].dataSync() as Float32Array] as const),
      ]);
      const prefix = `grad_epoch${epoch}.`;
      for (const [key, { data, shape }] of golden.tensors) {
        if (!key.startsWith(prefix)) continue;
        const plain = key.slice(prefix.length);
        // Weights' gradients come in the reference's layout: the mapping that renames weights serves them too.
        const values = new Map([[plain, { shape, data: data as Float32Array }]]);
        const [[ours, expected]] = names.includes(plain) ? values : referenceCheckpoint.map(values);
        const largest = (expected.data as Float32Array).reduce((max, v) => Math.max(max, Math.abs(v)), 0);
        const { close, message } = allclose(gradientOf.get(ours)!, expected.data, { atol: limit * largest + 1e-12 });
        expect(close, `epoch ${epoch} ${plain}: ${message}, largest ${largest}`).toBe(true);
      }
      tf.dispose([value, grads as unknown as Tensor[]]);
    }
    tf.dispose([Object.values(constants), Object.values(weights), Object.values(inputs)]);
  });
});
