import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { decodeSafetensors } from './safetensors.js';
import type { NamedArrays } from './tensors.js';
import { readTfjsLayers } from './tfjsLayers.js';

/** A kind of weight file; its names and layouts are kept as they are in the file. */
export interface WeightReader {
  name: string;
  /** Whether a path looks like this kind, by its name alone. */
  accepts(path: string, isFolder: boolean): boolean;
  read(path: string): Promise<NamedArrays>;
}

/** Every kind that can be read: a new one is one function and one entry. */
export const weightReaders: readonly WeightReader[] = [
  {
    name: '.safetensors',
    accepts: (file, isFolder) => !isFolder && path.extname(file).toLowerCase() === '.safetensors',
    read: async (file) => decodeSafetensors(await readFile(file), file).tensors,
  },
  {
    name: 'TensorFlow.js layers model (its folder or model.json)',
    accepts: (file, isFolder) => isFolder || path.extname(file).toLowerCase() === '.json',
    read: readTfjsLayers,
  },
];

/**
 * Reads a file or folder of weights with the reader of its kind. Throws `file-missing`, `file-unreadable` for an
 * unknown kind, or what the reader throws.
 */
export async function readWeights(file: string): Promise<NamedArrays> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(file)).isDirectory();
  } catch (error) {
    throw new StudioError({ ...errorDetails(error), message: 'the weights cannot be opened', file }, { cause: error });
  }
  const reader = weightReaders.find(({ accepts }) => accepts(file, isFolder));
  if (reader) return reader.read(file);
  throw new StudioError({
    code: 'file-unreadable',
    message: `weights cannot be read from a ${path.extname(file) || 'file without extension'}`,
    file,
    remedy: `Use one of: ${weightReaders.map(({ name }) => name).join('; ')}.`,
  });
}
