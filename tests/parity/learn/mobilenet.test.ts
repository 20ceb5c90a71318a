import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { separableBlocks } from '../../../electron/engine/learn/nets/backbones/mobilenet.js';
import { constantParameters } from '../../../electron/engine/learn/nets/parameters.js';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { backboneOf } from '../../../electron/engine/learn/weights/mappings/index.js';
import { readWeights } from '../../../electron/engine/learn/weights/readers.js';
import { allclose, goldenFolder } from '../../support/golden.js';

const folder = resolve(goldenFolder, '../models/mobilenet_v1_0.75_224');
const available = existsSync(resolve(folder, 'model.json'));

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** The published model as the tensor library itself runs it, cut off behind one layer. */
async function publishedUpTo(layer: string): Promise<(x: Tensor4D) => Tensor> {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(resolve(folder, 'model.json'), 'utf8'));
  const groups = weightsManifest as { paths: string[]; weights: any[] }[];
  const bytes = Buffer.concat(groups.flatMap(({ paths }) => paths.map((path) => readFileSync(resolve(folder, path)))));
  const model = await tf.loadLayersModel({
    load: async () => ({
      modelTopology,
      weightSpecs: groups.flatMap(({ weights }) => weights),
      weightData: Uint8Array.from(bytes).buffer,
    }),
  });
  const cut = tf.model({ inputs: model.inputs, outputs: model.getLayer(layer).output });
  return (x) => cut.predict(x) as Tensor;
}

describe.skipIf(!available)('MobileNet backbone (needs the published weights)', () => {
  it.each([1, 3, 5])('gives what the published model gives after %i separable blocks', async (count) => {
    const published = await publishedUpTo(`conv_pw_${count}_relu`);
    const arrays = backboneOf(await readWeights(folder));
    const weights = constantParameters(
      tf,
      new Map([...arrays].map(([name, array]) => [name.replace(/^backbone\./, ''), array])),
    );
    tf.tidy(() => {
      const x = tf.randomUniform([1, 224, 224, 3], -1, 1, 'float32', 5) as Tensor4D;
      const actual = separableBlocks(tf, x, weights, count);
      const expected = published(x);
      expect(actual.shape).toEqual(expected.shape);
      const { close, message } = allclose(actual.dataSync(), expected.dataSync(), { atol: 1e-4, rtol: 1e-4 });
      expect(close, message).toBe(true);
      return undefined as unknown as Tensor;
    });
    tf.dispose(Object.values(weights));
  });
});
