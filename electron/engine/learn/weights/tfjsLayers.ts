import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { numberTypes } from './numberTypes.js';
import { sizeOf, type NamedArray, type NamedArrays } from './tensors.js';

const naturalNumber = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const weightSchema = z.object({
  name: z.string().min(1),
  dtype: z.string(),
  shape: z.array(naturalNumber),
  quantization: z.object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() }).optional(),
});
const modelSchema = z.object({
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) })),
});
type Weight = z.infer<typeof weightSchema>;

/** TF.js's names of the number types it stores. */
const storedTypes: Readonly<Record<string, string>> = {
  float32: 'F32',
  int32: 'I32',
  uint8: 'U8',
  uint16: 'U16',
  float16: 'F16',
};

const MODEL_FILE = 'model.json';

function damaged(why: string, file: string): StudioError {
  return new StudioError({
    code: 'weights-damaged',
    message: `not a whole TensorFlow.js model: ${why}`,
    file,
    remedy: 'Fetch or convert the model again.',
  });
}

/** Shards are plain files of the model's own folder: a path out of it is refused. */
function shardPath(folder: string, shard: string): string {
  const resolved = path.resolve(folder, shard);
  if (resolved.startsWith(folder + path.sep)) return resolved;
  throw new StudioError({
    code: 'path-outside',
    message: `the model names a shard outside its folder: ${shard}`,
    file: path.join(folder, MODEL_FILE),
    remedy: 'Do not use this model, or correct its weightsManifest.',
  });
}

async function readModel(file: string): Promise<z.infer<typeof modelSchema>> {
  const text = await readFile(file, 'utf8');
  try {
    return modelSchema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(`${MODEL_FILE} has no valid weightsManifest (${errorDetails(error).message.split('\n')[0]})`, file);
  }
}

/** Takes one weight off the front of its group's bytes: linear quantisation is value * scale + min, float32. */
function decodeWeight(weight: Weight, bytes: Uint8Array, file: string): { array: NamedArray; rest: Uint8Array } {
  const { name, shape, quantization } = weight;
  const stored = quantization?.dtype ?? weight.dtype;
  if (!Object.hasOwn(storedTypes, stored)) throw damaged(`"${name}" holds numbers of type ${stored}`, file);
  const type = numberTypes[storedTypes[stored]];
  const length = sizeOf(shape) * type.bytes;
  if (length > bytes.length) throw damaged(`its shards end within "${name}"`, file);
  const data = type.toFloat32(bytes.subarray(0, length));
  const { scale, min } = quantization ?? {};
  if (scale !== undefined) data.forEach((value, i) => (data[i] = value * scale + (min ?? 0)));
  return { array: { shape, data }, rest: bytes.subarray(length) };
}

/**
 * Reads a TensorFlow.js layers model: `model.json` (or the folder that holds it) and its shards, plain or quantised.
 * Names and layouts are Keras', e.g. `conv1/kernel` float32 [height,width,in,out]. Throws `file-missing`,
 * `weights-damaged` or `path-outside`.
 */
export async function readTfjsLayers(modelPath: string): Promise<NamedArrays> {
  const file = path.resolve(path.extname(modelPath) === '.json' ? modelPath : path.join(modelPath, MODEL_FILE));
  const { weightsManifest } = await readModel(file);
  const tensors: NamedArrays = new Map();
  for (const { paths, weights } of weightsManifest) {
    const shards = await Promise.all(paths.map((shard) => readFile(shardPath(path.dirname(file), shard))));
    let bytes: Uint8Array = Buffer.concat(shards);
    for (const weight of weights) {
      if (tensors.has(weight.name)) throw damaged(`"${weight.name}" comes twice`, file);
      const { array, rest } = decodeWeight(weight, bytes, file);
      tensors.set(weight.name, array);
      bytes = rest;
    }
    if (bytes.length > 0) throw damaged(`${bytes.length} bytes of ${paths.join(', ')} belong to no weight`, file);
  }
  return tensors;
}
