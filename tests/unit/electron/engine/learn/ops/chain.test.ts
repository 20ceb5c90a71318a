import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { chained, type Step } from '../../../../../../electron/engine/learn/ops/chain.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** 10 (3x + 1), squared; the step in the middle gives back what it is given. */
const steps = (held: number[]): Step[] => [
  (x) => tf.add(tf.mul(x, 3), 1) as Tensor4D,
  (x) => x,
  (x) => tf.mul(x, 10) as Tensor4D,
  (x) => {
    held.push(tf.memory().numTensors);
    return tf.square(x) as Tensor4D;
  },
];
const photos = (): Tensor4D => tf.tensor4d([1, 2], [1, 1, 2, 1]);

describe('layers one after the other', () => {
  it('give what they give by themselves, and leave the input and nothing in between', () => {
    const held: number[] = [];
    const x = photos();
    const before = tf.memory().numTensors;
    const y = chained(tf, x, steps(held));
    expect([...y.dataSync()]).toEqual([1600, 4900]);
    // At the last step its own input is all there is besides.
    expect(held).toEqual([before + 1]);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect([...x.dataSync()]).toEqual([1, 2]);
    tf.dispose([x, y]);
  });

  it('give back the input where there are none, or where all leave it as it is', () => {
    const x = photos();
    expect(chained(tf, x, [])).toBe(x);
    expect(chained(tf, x, [(y) => y])).toBe(x);
    expect(x.isDisposed).toBe(false);
    x.dispose();
  });

  it('keep what a gradient needs', () => {
    const x = photos();
    const before = tf.memory().numTensors;
    const slope = tf.grad((y: Tensor) => tf.sum(chained(tf, y as Tensor4D, steps([]))))(x);
    // d/dx (30x + 10)^2 = 60 (30x + 10)
    expect([...slope.dataSync()]).toEqual([2400, 4200]);
    expect(tf.memory().numTensors).toBe(before + 1);
    tf.dispose([x, slope]);
  });
});
