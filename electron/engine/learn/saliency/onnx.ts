import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { SaliencySettings } from '../../../../shared/settings/saliency.js';
import type { ByteImage, RgbImage } from '../../../../shared/types.js';
import { imagenetColours, resizeBilinear } from '../../images/index.js';
import type { SaliencySource } from './source.js';
import { averageOverViews, viewsOf } from './views.js';

/** Sides of the input are rounded to a multiple of this: the networks halve it five times. */
const SIDE_STEP = 32;

/**
 * A photo as U-2-Net takes it (Qin et al., Pattern Recognition 2020, and its published code): divided by its own highest
 * value, then ImageNet mean and standard deviation. uint8 [H,W,3] to float32 [3,H,W].
 */
export function u2netInput({ width, height, data }: RgbImage): Float32Array {
  const { mean, std } = imagenetColours;
  const area = width * height;
  // A black photo stays black.
  const highest = data.reduce((high, value) => Math.max(high, value), 0) || 1;
  const input = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) {
    const [scale, offset] = [1 / (highest * std[c]), mean[c] / std[c]];
    for (let i = 0; i < area; i++) input[c * area + i] = data[i * 3 + c] * scale - offset;
  }
  return input;
}

/** Stretches a map from its lowest to its highest value over 0..255, cut to bytes; an even map gives zeros. */
export function stretchToBytes(map: Float32Array): Uint8Array {
  let [low, high] = [Infinity, -Infinity];
  for (const value of map) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  return Uint8Array.from(map, (value) => (range > 0 ? ((value - low) / range) * 255 : 0));
}

/**
 * Any network of the U-2-Net family as an ONNX file: one input float32 [1,3,S,S], whose first output is the fused map
 * float32 [1,1,S,S]. The map is stretched to its range and brought to the photo's size.
 */
export const onnxSource: SaliencySource = {
  name: 'onnx',
  async open(settings) {
    const { InferenceSession: sessions, Tensor } = await loadRuntime();
    const session = await openModel(settings, sessions.create.bind(sessions));
    const [inputName, outputName] = [session.inputNames[0], session.outputNames[0]];
    const sizes = inputSizes(session, settings);
    const predict = async (photo: RgbImage, size: number): Promise<ByteImage> => {
      const pixels = u2netInput(resizeBilinear(photo, size, size));
      const outputs = await session.run({ [inputName]: new Tensor('float32', pixels, [1, 3, size, size]) }, [
        outputName,
      ]);
      const { data, dims } = outputs[outputName];
      const [height, width] = dims.slice(-2);
      const map = { width, height, data: stretchToBytes((data as Float32Array).subarray(0, width * height)) };
      return resizeBilinear(map, photo.width, photo.height);
    };
    const views = viewsOf(sizes, settings.mirror);
    return {
      saliencyOf: (photo) => averageOverViews(photo, views, predict),
      close: () => session.release(),
    };
  },
};

/** Loaded only when used: the runtime's library is large, and other sources work where it cannot be loaded. */
async function loadRuntime(): Promise<typeof import('onnxruntime-node')> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new StudioError(
      {
        code: 'runtime-unsupported',
        message: `ONNX Runtime cannot be loaded here: ${errorDetails(error).message}`,
        remedy: 'Use --source builtin, or maps made on another machine with --source folder.',
      },
      { cause: error },
    );
  }
}

async function openModel(
  { path, threads }: SaliencySettings,
  create: (model: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>,
): Promise<InferenceSession> {
  const model = await readFile(path).catch((error: unknown) => {
    throw new StudioError(
      {
        code: 'file-missing',
        message: path === '' ? 'no model file is given' : `cannot read the model: ${errorDetails(error).message}`,
        file: path || undefined,
        remedy: 'Name an ONNX file of the U-2-Net family: --path FILE',
      },
      { cause: error },
    );
  });
  try {
    return await create(model, { intraOpNumThreads: threads, logSeverityLevel: 3 });
  } catch (error) {
    throw new StudioError(
      {
        code: 'weights-damaged',
        message: `not a usable ONNX model: ${errorDetails(error).message}`,
        file: path,
        remedy: 'Download the model again, or check that it is an ONNX file.',
      },
      { cause: error },
    );
  }
}

/** Sides of the squares to feed, checked against what the model declares. Throws `weights-mismatch`, `settings-invalid`. */
function inputSizes(session: InferenceSession, { path, inputSize, scales }: SaliencySettings): number[] {
  const [input] = session.inputMetadata;
  const [output] = session.outputMetadata;
  const fits =
    session.inputNames.length === 1 &&
    input.isTensor &&
    input.type === 'float32' &&
    input.shape.length === 4 &&
    (typeof input.shape[1] !== 'number' || input.shape[1] === 3 || input.shape[1] < 0) &&
    output?.isTensor === true &&
    output.type === 'float32';
  if (!fits) {
    throw new StudioError({
      code: 'weights-mismatch',
      message: 'the model does not take one float32 photo [1,3,S,S] and give a float32 map',
      file: path,
      remedy: 'Use a model of the U-2-Net family.',
    });
  }
  const sizes = scales.map((scale) => Math.max(1, Math.round((inputSize * scale) / SIDE_STEP)) * SIDE_STEP);
  const [height, width] = input.shape.slice(2);
  const taken = (size: number): boolean =>
    [height, width].every((side) => typeof side !== 'number' || side <= 0 || side === size);
  const refused = sizes.find((size) => !taken(size));
  if (sizes.length === 0 || refused !== undefined) {
    throw new StudioError({
      code: 'settings-invalid',
      message:
        refused === undefined
          ? 'setting scales: give at least one'
          : `setting inputSize, scales: the model takes ${width}x${height} pixels only, not ${refused}x${refused}`,
      file: path,
      remedy: refused === undefined ? 'Leave it at 1.' : `Set inputSize=${width} and scales=1.`,
    });
  }
  return sizes;
}
