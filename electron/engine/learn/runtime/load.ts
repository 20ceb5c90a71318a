import { createRequire } from 'node:module';
import { StudioError } from '../../../../shared/errors.js';
import { prepareEnvironment } from './environment.js';
import { findRuntime, type InstalledRuntime } from './installed.js';
import { thisMachine } from './places.js';
import type { Device } from './release.js';
import type { Tf } from './tensorflow.js';

const require = createRequire(import.meta.url);

/** What the backend of the npm package tells of itself. */
interface NativeBackend {
  isUsingGpuDevice: boolean;
}

/** Functions that Node 23 removed from util and the published JavaScript of the backend still calls. */
function supplyRemovedUtilities(): void {
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown): boolean => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

function openBinding({ binding, folder, manifest }: InstalledRuntime): unknown {
  try {
    return require(binding);
  } catch (cause) {
    throw new StudioError(
      {
        code: 'runtime-missing',
        message: `the compute runtime cannot be loaded: ${(cause as Error).message}`,
        file: folder,
        remedy: `Install the runtime anew (npx comask runtime install --force --device ${manifest.device}).`,
      },
      { cause },
    );
  }
}

/**
 * A thread that has loaded the native library and ends without having computed anything takes the whole process with it
 * (segmentation fault in the library's clean-up).
 */
function computeOnce(tf: Tf): void {
  tf.tidy(() => {
    tf.add(tf.scalar(1), tf.scalar(1)).dataSync();
  });
}

/**
 * Loads one installed runtime behind the tensor library of the npm package and makes it the backend. A thread has one
 * backend: a second call returns the same library. Throws runtime-missing where the libraries cannot be loaded.
 */
export async function loadRuntime(runtime: InstalledRuntime): Promise<Tf> {
  const tf = require('@tensorflow/tfjs') as Tf;
  if (tf.engine().registryFactory.tensorflow === undefined) {
    prepareEnvironment();
    supplyRemovedUtilities();
    const binding = openBinding(runtime);
    require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');
    const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
    tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu'), 3);
    await tf.setBackend('tensorflow');
    computeOnce(tf);
  }
  return tf;
}

/**
 * The tensor library on the installed TensorFlow. Without a device it takes CUDA where an NVIDIA driver and its runtime
 * are present, else the CPU. Throws runtime-missing, runtime-unsupported.
 */
export async function loadTensorflow(options: { device?: Device } = {}): Promise<Tf> {
  return loadRuntime(findRuntime(thisMachine(), options.device));
}

/** True when tensors of `tf` live on a GPU. */
export function usesGpu(tf: Tf): boolean {
  return (tf.backend() as unknown as NativeBackend).isUsingGpuDevice;
}
