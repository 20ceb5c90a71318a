import { numberBudget } from '../budget.js';
import { withFile, type OpenFile } from '../files.js';
import { numberTypes } from '../numberTypes.js';
import { sizeOf, type NamedArray } from '../tensors.js';
import type { WeightFile } from '../weightFile.js';
import { openArchive } from './archive.js';
import { openLegacy } from './legacy.js';
import { spanOf, type TensorReference } from './references.js';
import type { SavedObject } from './saved.js';
import { stateDict } from './state.js';

const ZIP = 0x04034b50;

/** Row-major numbers of a tensor from those between its first and its last. */
function gather(numbers: Float32Array, { shape, strides }: TensorReference): Float32Array {
  const size = sizeOf(shape);
  const rowMajor = shape.every((length, axis) => length === 1 || strides[axis] === sizeOf(shape.slice(axis + 1)));
  if (rowMajor) return numbers;
  const gathered = new Float32Array(size);
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < size; to++) {
    gathered[to] = numbers[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return gathered;
}

async function readTensor(tensor: TensorReference, saved: SavedObject, { read }: OpenFile): Promise<NamedArray> {
  const { storage, offset, shape } = tensor;
  const { bytes, toFloat32 } = numberTypes[storage.type];
  const start = (await saved.locate(storage)) + offset * bytes;
  const numbers = toFloat32(await read(start, spanOf(tensor) * bytes));
  return { shape: [...shape], data: gather(numbers, tensor) };
}

async function readOpen(file: OpenFile): Promise<WeightFile> {
  const { refuse, size, read } = file;
  if (size < 4) throw refuse('it is too short');
  const isZip = new DataView((await read(0, 4)).buffer).getUint32(0, true) === ZIP;
  const saved = await (isZip ? openArchive(file) : openLegacy(file));
  const weights: WeightFile = { tensors: new Map(), types: new Map() };
  const spend = numberBudget(size, refuse);
  for (const [name, tensor] of stateDict(saved.value, refuse)) {
    spend(name, Math.max(spanOf(tensor), sizeOf(tensor.shape)));
    weights.tensors.set(name, await readTensor(tensor, saved, file));
    weights.types.set(name, tensor.storage.type);
  }
  return weights;
}

/**
 * Reads the weights of a PyTorch file, a state dict or one inside a checkpoint, of either format of `torch.save`. Its
 * pickle is read as data: nothing of it is executed, and a file that asks for anything but tensors and plain values is
 * refused. Names and layouts are PyTorch's: kernels [out,in,height,width]. Throws `file-missing`, `file-damaged` for the
 * pickle and `weights-damaged` for the rest.
 */
export const readPth = (file: string): Promise<WeightFile> => withFile(file, 'PyTorch file', readOpen);
