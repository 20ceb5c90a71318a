import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import { weightBatch } from '../../../../../../electron/engine/learn/batch.js';
import { tiny } from '../../../../../../electron/engine/learn/nets/backbones/tiny.js';
import { classifierParameters } from '../../../../../../electron/engine/learn/nets/classifier.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { crossEntropy, pairLosses, type Side } from '../../../../../../electron/engine/learn/train/losses.js';
import { firstWeights } from '../../../../../../electron/engine/learn/train/state.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 3;
const settings = trainSettings.resolve({ backbone: 'tiny', 'init.classifierStd': 0.3 });

describe('weights of labels', () => {
  it('are no tensor where every label of a batch counts fully', () => {
    expect(weightBatch(tf, [undefined, {}], CLASSES)).toBeNull();
  });

  it('scale the term of their label and class only', () => {
    tf.tidy(() => {
      const logits = tf.tensor2d([1, -2, 0.5, 3, 0, -1], [2, 3]);
      const labels = tf.tensor2d([1, 0, 1, 0, 1, 0], [2, 3]);
      const term = (row: number, k: number): number =>
        crossEntropy(
          tf,
          tf.slice(logits, [row, k], [1, 1]) as Tensor2D,
          tf.slice(labels, [row, k], [1, 1]) as Tensor2D,
        ).dataSync()[0];
      const plain = crossEntropy(tf, logits, labels).dataSync()[0];
      const weighted = crossEntropy(tf, logits, labels, weightBatch(tf, [{ 2: 0.25 }, undefined], CLASSES));
      expect(weighted.dataSync()[0]).toBeCloseTo(plain - (0.75 * term(0, 2)) / 6, 6);
    });
  });

  it('of one leave the losses of a pair as they are, to the bit; smaller ones shrink each of them', () => {
    const weights = constantParameters(tf, firstWeights(classifierParameters(settings, CLASSES), null, 1));
    tf.tidy(() => {
      const side = (seed: number, labels: number[], own: Record<number, number> | undefined): Side => ({
        features: tf.relu(tf.randomNormal([1, 4, 4, tiny.channels], 0, 1, 'float32', seed)) as Tensor4D,
        labels: tf.tensor2d(labels, [1, 3]),
        labelWeights: weightBatch(tf, [own], CLASSES),
      });
      const partsWith = (own?: Record<number, number>): number[] => {
        const sides = [side(1, [1, 1, 0], own), side(2, [1, 0, 1], undefined)] as const;
        const { parts } = pairLosses(tf, weights, sides, 'target', settings, 'counts');
        return Object.values(parts).map((part) => part.dataSync()[0]);
      };
      const plain = partsWith();
      expect(plain).toHaveLength(3);
      expect(partsWith({ 0: 1 })).toEqual(plain);
      partsWith({ 0: 0.1 }).forEach((part, i) => expect(part).toBeLessThan(plain[i]));
    });
    tf.dispose(Object.values(weights));
  });
});
