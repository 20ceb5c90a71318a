import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { segmenterNames, segmentSettings } from '../../../../../../shared/settings/index.js';
import { mirror } from '../../../../../../electron/engine/images/index.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { labelsOf, probabilitiesOf, probabilitySize } from '../../../../../../electron/engine/learn/segment/predict.js';
import { segmenterOf, type Segmenter } from '../../../../../../electron/engine/learn/segment/segmenter.js';
import { scene } from '../../../../../support/scenes.js';
import { cheapWeights } from '../../../../../support/weights.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 2;
const view = { scales: [1], mirror: false, longestSide: 0 };

function net(name: (typeof segmenterNames)[number]): { segmenter: Segmenter; weights: Record<string, Tensor> } {
  const segmenter = segmenterOf(segmentSettings.resolve({ segmenter: name, 'head.channels': 8 }), CLASSES);
  return { segmenter, weights: constantParameters(tf, cheapWeights(segmenter.specs)) };
}

describe.each(segmenterNames)('the segmenter %s', (name) => {
  it('has a position on every eighth pixel, and gives the same bits twice', () => {
    const { segmenter, weights } = net(name);
    const photos = tf.randomNormal([1, 33, 41, 3], 0, 1, 'float32', 3) as never;
    const [first, second] = [0, 1].map(() => segmenter.scores(tf, weights, photos));
    expect(first.shape).toEqual([1, 5, 6, CLASSES + 1]);
    const scores = first.dataSync();
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(second.dataSync()).toEqual(scores);
    tf.dispose([photos, first, second, weights]);
  });
});

describe('probabilities', () => {
  it('are of the photo’s size, sum to 1, and leave no tensor behind', () => {
    const { segmenter, weights } = net('tiny-largefov');
    const photo = { ...scene(30, 1, [0]) };
    const views = { scales: [0.5, 1, 1.5], mirror: true, longestSide: 24 };
    probabilitiesOf(tf, segmenter, weights, photo, views);
    const before = tf.memory().numTensors;
    const { width, height, data } = probabilitiesOf(tf, segmenter, weights, photo, views);
    expect(tf.memory().numTensors).toBe(before);
    expect([width, height, data.length]).toEqual([30, 30, 30 * 30 * 3]);
    for (let at = 0; at < data.length; at += 3) expect(data[at] + data[at + 1] + data[at + 2]).toBeCloseTo(1, 5);
    tf.dispose(weights);
  });

  it('of a mirrored photo are those of the photo mirrored, where both views are averaged', () => {
    const { segmenter, weights } = net('tiny-largefov');
    const photo = scene(33, 2, [1]);
    const both = { ...view, mirror: true };
    const upright = labelsOf(tf, segmenter, weights, photo, both);
    const turned = labelsOf(tf, segmenter, weights, mirror(photo), both);
    const same = mirror(turned).data.filter((label, i) => label === upright.data[i]).length;
    expect(same / upright.data.length).toBeGreaterThan(0.99);
    tf.dispose(weights);
  });

  it('of a large photo are computed at a size that memory suffices for', () => {
    const { width, height } = probabilitySize({ width: 8000, height: 6000 }, 21);
    expect(width * height * 21).toBeLessThanOrEqual(2 ** 26);
    expect(width / height).toBeCloseTo(8 / 6, 2);
    expect(probabilitySize({ width: 500, height: 375 }, 21)).toEqual({ width: 500, height: 375 });
  });
});
