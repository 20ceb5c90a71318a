/**
 * A program of its own (dist/probe.mjs): loads one runtime, computes, and prints a report as JSON on the last line. It
 * runs in a child process so that a library that crashes takes nothing with it.
 *
 * Usage: node dist/probe.mjs FOLDER [SECONDS], where SECONDS > 0 also times a convolution for that long.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINDING, MANIFEST, manifestSchema } from './installed.js';
import { loadRuntime, usesGpu } from './load.js';
import type { ProbeReport } from './probe-child.js';
import type { Tf } from './tensorflow.js';

/** Side, channels and kernel of the timed convolution: a middle layer of VGG-16 at stride 8. */
const SIDE = 64;
const CHANNELS = 256;
const KERNEL = 3;

/** [[1, 2], [3, 4]] times itself, as the library computes it. */
function product(tf: Tf): number[] {
  return tf.tidy(() => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    return Array.from(tf.matMul(x, x).dataSync());
  });
}

/** GFLOPS of a 3x3 convolution of 256 to 256 channels over [1,64,64,256], two operations a multiply-add. */
function convolutionSpeed(tf: Tf, seconds: number): number {
  const input = tf.randomNormal<import('@tensorflow/tfjs').Rank.R4>([1, SIDE, SIDE, CHANNELS]);
  const filter = tf.randomNormal<import('@tensorflow/tfjs').Rank.R4>([KERNEL, KERNEL, CHANNELS, CHANNELS]);
  const once = (): void => {
    const output = tf.conv2d(input, filter, 1, 'same');
    // Reading one number waits for a device that works behind the call.
    tf.tidy(() => output.slice([0, 0, 0, 0], [1, 1, 1, 1]).dataSync()[0]);
    output.dispose();
  };
  once();
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    once();
    count++;
  }
  const elapsed = (performance.now() - start) / 1000;
  tf.dispose([input, filter]);
  return (2 * SIDE * SIDE * KERNEL * KERNEL * CHANNELS * CHANNELS * count) / elapsed / 1e9;
}

const [folder, seconds = '0'] = process.argv.slice(2);
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
const tf = await loadRuntime({ folder, binding: join(folder, BINDING), manifest });
const report: ProbeReport = {
  product: product(tf),
  gpu: usesGpu(tf),
  gflops: Number(seconds) > 0 ? convolutionSpeed(tf, Number(seconds)) : null,
};
process.stdout.write(`\n${JSON.stringify(report)}\n`);
