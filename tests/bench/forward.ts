/**
 * Features and basic maps of ten photos in one batch: VGG-16 with the layers behind it. The peer is peers/forward.py.
 *
 * Usage: npm run bench -- forward
 */
import type { Tensor4D } from '@tensorflow/tfjs';
import { trainSettings, type TrainSettings } from '../../shared/settings/index.js';
import { photoBatch } from '../../electron/engine/learn/batch.js';
import { backbones } from '../../electron/engine/learn/nets/backbones/index.js';
import { basicMaps, features } from '../../electron/engine/learn/nets/classifier.js';
import { constantParameters } from '../../electron/engine/learn/nets/parameters.js';
import { readPixels, readWeights, tensorflow, versionsOf, writePixels, writeWeights } from './support/net.js';
import { benchSide, type BenchOptions } from './support/side.js';

const PHOTOS = 10;

const settingsOf = ({ size }: BenchOptions): TrainSettings =>
  trainSettings.resolve({ backbone: 'vgg16', inputSize: size }, 'paper');

await benchSide(
  async (folder, options) => {
    writeWeights(folder, settingsOf(options));
    writePixels(folder, PHOTOS, options.size);
  },
  async (folder, options) => {
    const tf = await tensorflow(options.threads);
    const weights = constantParameters(tf, readWeights(folder));
    const photos = readPixels(folder, options.size);
    const forward = (): Float32Array => {
      const maps = tf.tidy(() => {
        const x: Tensor4D = photoBatch(tf, photos, backbones.vgg16.colours);
        return basicMaps(tf, weights, features(tf, backbones.vgg16, weights, x));
      });
      const values = maps.dataSync() as Float32Array;
      maps.dispose();
      return values;
    };
    const values = forward();
    return {
      versions: versionsOf(tf),
      check: [values.reduce((sum, v) => sum + v, 0) / values.length, Math.max(...values.slice(0, 1000))],
      round: () => {
        forward();
        return PHOTOS;
      },
    };
  },
);
