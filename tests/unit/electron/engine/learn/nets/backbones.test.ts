import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { backbones, type Backbone } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { sizeOf, type NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

function weightsOf(backbone: Backbone): Record<string, Tensor> {
  const arrays: NamedArrays = new Map();
  for (const [name, { shape, init }] of backbone.parameters(0)) {
    const data = new Float32Array(sizeOf(shape)).map((_, i) => (((i * 7919) % 101) / 50 - 1) * 0.1);
    arrays.set(name, { shape, data: init.kind === 'constant' ? data.fill(init.value) : data });
  }
  return constantParameters(tf, arrays);
}

describe.each(Object.values(backbones).filter(({ name }) => name !== 'resnet101'))('backbone $name', (backbone) => {
  it('is the same cut in two behind any stage, and its frozen stages need frozen weights only', () => {
    const weights = weightsOf(backbone);
    tf.tidy(() => {
      const photos = tf.randomUniform([1, 24, 16, 3], -1, 1, 'float32', 1) as Tensor4D;
      const whole = backbone.features(tf, photos, weights).dataSync();
      for (let count = 0; count <= backbone.stageCount; count++) {
        const frozen = [...backbone.parameters(count)].filter(([, { group }]) => group === 'frozen');
        const own = backbone.fromNothing ? weights : Object.fromEntries(frozen.map(([name]) => [name, weights[name]]));
        const lower = backbone.features(tf, photos, own, { to: count });
        expect(backbone.features(tf, lower, weights, { from: count }).dataSync()).toEqual(whole);
      }
    });
    tf.dispose(weights);
  });
});
