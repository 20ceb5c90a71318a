import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  backboneNames,
  segmenterNames,
  segmentSettings,
  trainSettings,
} from '../../../../../../shared/settings/index.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { photoBatch } from '../../../../../../electron/engine/learn/batch.js';
import { backbones } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { basicMaps, classifierParameters, features } from '../../../../../../electron/engine/learn/nets/classifier.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { classifierModel, segmenterModel } from '../../../../../../electron/engine/learn/onnx/models.js';
import { enlarged } from '../../../../../../electron/engine/learn/segment/loss.js';
import { segmenterOf } from '../../../../../../electron/engine/learn/segment/segmenter.js';
import { allclose } from '../../../../../support/golden.js';
import { scene } from '../../../../../support/scenes.js';
import { toNchw } from '../../../../../support/tensors.js';
import { cheapWeights } from '../../../../../support/weights.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** The largest difference that there may be, relative to the largest number. */
const TOLERANCE = 1e-3;
const CLASSES = ['a', 'b'];
const photo = scene(41, 3, [0, 1]);

/** What onnxruntime makes of a photo, by output. */
async function byRuntime(model: Uint8Array): Promise<ort.InferenceSession.OnnxValueMapType> {
  const session = await ort.InferenceSession.create(model);
  const { width, height, data } = photo;
  const planes = new Float32Array(data.length);
  data.forEach((value, i) => (planes[(i % 3) * width * height + Math.floor(i / 3)] = value));
  return session.run({ photos: new ort.Tensor('float32', planes, [1, 3, height, width]) });
}

function expectClose(actual: ort.Tensor, wanted: Tensor): void {
  const numbers = wanted.rank === 4 ? toNchw(tf, wanted) : (wanted.dataSync() as Float32Array);
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  const { close, message } = allclose(actual.data as Float32Array, numbers, { atol: TOLERANCE * largest });
  expect(close, message).toBe(true);
}

describe.each(segmenterNames)('the ONNX model of %s', (segmenter) => {
  it.each(segmenter === 'resnet101-largefov' ? (['3x3', '1x1'] as const) : (['3x3'] as const))(
    'gives what the segmenter gives (stride in %s)',
    async (stride) => {
      const settings = segmentSettings.resolve({
        segmenter,
        'head.channels': 8,
        'resnet.stride': stride,
        'head.bias': stride === '3x3',
      });
      const net = segmenterOf(settings, CLASSES.length);
      const arrays = cheapWeights(net.specs);
      const note = { labels: ['background', ...CLASSES], size: 41 };
      const { scores } = await byRuntime(segmenterModel(arrays, settings, note));
      expect(scores.dims).toEqual([1, 3, 41, 41]);
      const weights = constantParameters(tf, arrays);
      const wanted = tf.tidy(() =>
        enlarged(tf, net.scores(tf, weights, photoBatch(tf, [photo], net.backbone.colours)), 41, 41),
      );
      expectClose(scores as ort.Tensor, wanted);
      tf.dispose([weights, wanted]);
    },
  );
});

// ResNet-50 stands for both: they differ by the number of blocks alone.
describe.each(backboneNames.filter((name) => name !== 'resnet101'))(
  'the ONNX model of a classifier on %s',
  (backbone) => {
    it('gives its maps and probabilities, at a size that is no multiple of 8 plus 1 as well', async () => {
      const settings = trainSettings.resolve({ backbone });
      const arrays = cheapWeights(classifierParameters(settings, CLASSES.length));
      const { maps, probabilities } = await byRuntime(classifierModel(arrays, settings, { labels: CLASSES, size: 41 }));
      const weights = constantParameters(tf, arrays);
      const own = backbones[backbone];
      const wanted = tf.tidy(() =>
        basicMaps(tf, weights, features(tf, own, weights, photoBatch(tf, [photo], own.colours))),
      );
      const likely = tf.tidy(() => tf.sigmoid(tf.mean(wanted as Tensor4D, [1, 2])));
      expectClose(maps as ort.Tensor, wanted);
      expectClose(probabilities as ort.Tensor, likely);
      tf.dispose([weights, wanted, likely]);
    });
  },
);
