import path from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { isFolder, readWhole } from './files.js';
import { readH5 } from './h5.js';
import { readOnnx } from './onnxInitialisers.js';
import { readPth } from './pth/pth.js';
import { decodeSafetensors } from './safetensors.js';
import type { NamedArrays } from './tensors.js';
import { readTfjsModel } from './tfjsModel.js';
import type { WeightFile } from './weightFile.js';

/** A kind of weight file; its names and layouts are kept as they are in the file. */
export interface WeightReader {
  name: string;
  /** Extensions in lower case. */
  extensions: readonly string[];
  /** Whether a folder is of this kind. */
  folders?: boolean;
  read(path: string): Promise<WeightFile>;
}

/** Every kind that can be read: a new one is one function and one entry. */
export const weightReaders: readonly WeightReader[] = [
  {
    name: '.safetensors',
    extensions: ['.safetensors'],
    read: async (file) => decodeSafetensors(await readWhole(file), file),
  },
  { name: 'PyTorch .pth', extensions: ['.pth', '.pt', '.ckpt', '.tar'], read: readPth },
  { name: 'Keras .h5', extensions: ['.h5', '.hdf5'], read: readH5 },
  { name: 'ONNX', extensions: ['.onnx'], read: readOnnx },
  {
    name: 'TensorFlow.js model (its folder or model.json)',
    extensions: ['.json'],
    folders: true,
    read: readTfjsModel,
  },
];

/** What a weight file holds, and of which kind it is. */
export interface KnownWeightFile extends WeightFile {
  /** Name of its reader. */
  kind: string;
}

/**
 * Reads a file or folder of weights with the reader of its kind. Throws `file-missing`, `file-unreadable` for an unknown
 * kind, or what the reader throws.
 */
export async function readWeightFile(file: string): Promise<KnownWeightFile> {
  const extension = path.extname(file).toLowerCase();
  const folder = await isFolder(file);
  const reader = weightReaders.find(({ extensions, folders }) => (folder ? folders : extensions.includes(extension)));
  if (reader) return { kind: reader.name, ...(await reader.read(file)) };
  throw new StudioError({
    code: 'file-unreadable',
    message: `weights cannot be read from a ${extension || 'file without extension'}`,
    file,
    remedy: `Use one of: ${weightReaders.map(({ name }) => name).join('; ')}.`,
  });
}

/** The tensors of a file or folder of weights; throws what `readWeightFile` throws. */
export const readWeights = async (file: string): Promise<NamedArrays> => (await readWeightFile(file)).tensors;
