import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { SaliencySettings } from '../../../../shared/settings/saliency.js';
import type { FloatMap } from '../../../../shared/types.js';
import { createSession, loadOnnxRuntime, type OnnxRuntime } from '../onnx/session.js';
import { withOpenSize } from './onnx-size.js';

const WITHOUT_ONNX = 'Use the built-in source (--source builtin), or maps made on another machine (--source folder).';

/** A network that takes one picture and gives one map. */
export interface Network {
  /** `pixels` float32 [3, size, size] to the first output's first channel. */
  run(pixels: Float32Array, size: number): Promise<FloatMap>;
  close(): Promise<void>;
}

/**
 * Loads an ONNX model and makes sure that it takes pictures of all `sizes`; a model that declares another size is tried
 * with its declaration taken back. Throws `runtime-unsupported`, `file-missing`, `weights-damaged`, `weights-mismatch`,
 * `settings-invalid`.
 */
export async function openNetwork({ path, threads }: SaliencySettings, sizes: readonly number[]): Promise<Network> {
  const runtime = await loadOnnxRuntime(WITHOUT_ONNX);
  const model = await readModel(path);
  const declared = await createSession(runtime, model, path, threads);
  checkPorts(declared, path);
  if (sizes.every((size) => declares(declared, size))) return networkOf(runtime, declared);

  const [height, width] = declared.inputMetadata[0].isTensor ? declared.inputMetadata[0].shape.slice(2) : [];
  await declared.release();
  const network = networkOf(runtime, await createSession(runtime, withOpenSize(model), path, threads));
  for (const size of sizes) {
    try {
      await network.run(new Float32Array(3 * size * size), size);
    } catch (error) {
      await network.close();
      throw new StudioError(
        {
          code: 'settings-invalid',
          message: `setting inputSize, scales: the model takes ${width}x${height} pixels, not ${size}x${size}`,
          file: path,
          remedy: `Set the input size to ${width} and the scales to 1 (--set inputSize=${width} --set scales=1).`,
        },
        { cause: error },
      );
    }
  }
  return network;
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new StudioError(
      {
        code: 'file-missing',
        message: path === '' ? 'no model file is given' : `cannot read the model: ${errorDetails(error).message}`,
        file: path || undefined,
        remedy: 'Name an ONNX file of the U-2-Net family (--path FILE).',
      },
      { cause: error },
    );
  }
}

/** Sizes that a model leaves open are names, or negative. */
const allows = (declared: number | string, size: number): boolean =>
  typeof declared !== 'number' || declared <= 0 || declared === size;

function checkPorts(
  { inputMetadata: [input, ...others], outputMetadata: [output] }: InferenceSession,
  path: string,
): void {
  const takesPicture = input?.isTensor && input.type === 'float32' && input.shape.length === 4;
  const fits = others.length === 0 && takesPicture && allows(input.shape[1], 3) && output?.isTensor;
  if (fits && output.type === 'float32') return;
  throw new StudioError({
    code: 'weights-mismatch',
    message: 'the model does not take one float32 picture [1,3,S,S] and give a float32 map',
    file: path,
    remedy: 'Use a model of the U-2-Net family.',
  });
}

function declares({ inputMetadata: [input] }: InferenceSession, size: number): boolean {
  return input.isTensor && input.shape.slice(2).every((side) => allows(side, size));
}

function networkOf({ Tensor }: OnnxRuntime, session: InferenceSession): Network {
  const [input, output] = [session.inputNames[0], session.outputNames[0]];
  return {
    async run(pixels, size) {
      const outputs = await session.run({ [input]: new Tensor('float32', pixels, [1, 3, size, size]) }, [output]);
      const { data, dims } = outputs[output];
      const [height, width] = dims.slice(-2);
      return { width, height, data: (data as Float32Array).subarray(0, width * height) };
    },
    close: () => session.release(),
  };
}
