import path from 'node:path';
import { z } from 'zod';
import { errorDetails } from '../../../../shared/errors.js';
import { refusalOf, type Refuse } from './damaged.js';
import { besideFile, readWhole } from './files.js';
import { numberTypes } from './numberTypes.js';
import { sizeOf, type NamedArray } from './tensors.js';
import type { WeightFile } from './weightFile.js';

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
  bool: 'BOOL',
};

const MODEL_FILE = 'model.json';

async function readModel(file: string, refuse: Refuse): Promise<z.infer<typeof modelSchema>> {
  const text = (await readWhole(file)).toString('utf8');
  try {
    return modelSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = errorDetails(error).message.split('\n')[0];
    throw refuse(`${path.basename(file)} has no valid weightsManifest (${reason})`, error);
  }
}

/** Takes one weight off the front of its group's bytes: linear quantisation is value * scale + min, float32. */
function decodeWeight(
  { name, shape, dtype, quantization }: Weight,
  bytes: Uint8Array,
  refuse: Refuse,
): { array: NamedArray; type: string; rest: Uint8Array } {
  const stored = quantization?.dtype ?? dtype;
  if (!Object.hasOwn(storedTypes, stored)) throw refuse(`"${name}" holds numbers of type ${stored}`);
  const type = storedTypes[stored];
  const length = sizeOf(shape) * numberTypes[type].bytes;
  // So written, a product that is no number is refused as well.
  if (!(length <= bytes.length)) throw refuse(`its shards end within "${name}"`);
  const data = numberTypes[type].toFloat32(bytes.subarray(0, length));
  const { scale, min } = quantization ?? {};
  if (scale !== undefined) data.forEach((value, i) => (data[i] = value * scale + (min ?? 0)));
  return { array: { shape, data }, type, rest: bytes.subarray(length) };
}

/** What follows a weight of text, which graph models may hold among their constants: its length and its bytes, each time. */
function afterText({ name, shape }: Weight, bytes: Uint8Array, refuse: Refuse): Uint8Array {
  let rest = bytes;
  for (let left = sizeOf(shape); left > 0; left--) {
    if (rest.length < 4) throw refuse(`its shards end within "${name}"`);
    const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
    if (length > rest.length - 4) throw refuse(`its shards end within "${name}"`);
    rest = rest.subarray(4 + length);
  }
  return rest;
}

/**
 * Reads a TensorFlow.js layers or graph model: `model.json` (or the folder that holds it) and its shards, plain or
 * quantised. Names and layouts are the model's: Keras' in a layers model, e.g. `conv1/kernel` float32
 * [height,width,in,out]. Constants that are text are left out. Throws `file-missing`, `weights-damaged` or
 * `path-outside`.
 */
export async function readTfjsModel(modelPath: string): Promise<WeightFile> {
  const isJson = path.extname(modelPath).toLowerCase() === '.json';
  const file = path.resolve(isJson ? modelPath : path.join(modelPath, MODEL_FILE));
  const refuse = refusalOf('TensorFlow.js model', file);
  const { weightsManifest } = await readModel(file, refuse);
  const shards = weightsManifest.flatMap(({ paths }) => paths);
  if (new Set(shards).size < shards.length) throw refuse('it names a shard twice');
  const read: WeightFile = { tensors: new Map(), types: new Map() };
  for (const { paths, weights } of weightsManifest) {
    let bytes: Uint8Array = Buffer.concat(await Promise.all(paths.map((shard) => readWhole(besideFile(file, shard)))));
    for (const weight of weights) {
      const { name } = weight;
      if (read.tensors.has(name)) throw refuse(`"${name}" comes twice`);
      if (weight.dtype === 'string') {
        bytes = afterText(weight, bytes, refuse);
        continue;
      }
      const { array, type, rest } = decodeWeight(weight, bytes, refuse);
      read.tensors.set(name, array);
      read.types.set(name, type);
      bytes = rest;
    }
    if (bytes.length > 0) throw refuse(`${bytes.length} bytes of ${paths.join(', ')} belong to no weight`);
  }
  return read;
}
