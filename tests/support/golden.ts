import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Numbers of the reference implementation (and of PyTorch, Pillow, OpenCV) that parity tests compare with. The folder is
 * named by COMASK_GOLDEN; without it, `../shared/golden` beside the repository. Another set of the same format works too.
 */
export const goldenFolder = resolve(
  process.env.COMASK_GOLDEN ?? resolve(import.meta.dirname, '../../../shared/golden'),
);

/** Whether there is such a folder: `describe.skipIf(!goldenAvailable)('... (needs the golden numbers)', ...)`. */
export const goldenAvailable = existsSync(resolve(goldenFolder, 'manifest.json'));

export type GoldenData = Float32Array | Int32Array | Uint8Array;

/** One tensor of a golden file, row-major. */
export interface GoldenTensor<Data extends GoldenData = GoldenData> {
  name: string;
  type: 'float32' | 'int32' | 'uint8';
  shape: number[];
  data: Data;
}

/** A golden file: its tensors by name, and typed access that fails on a missing name or another type. */
export interface GoldenCase {
  tensors: Map<string, GoldenTensor>;
  float(name: string): GoldenTensor<Float32Array>;
  int(name: string): GoldenTensor<Int32Array>;
  bytes(name: string): GoldenTensor<Uint8Array>;
}

const elementTypes = {
  F32: { type: 'float32', size: 4, view: Float32Array },
  I32: { type: 'int32', size: 4, view: Int32Array },
  U8: { type: 'uint8', size: 1, view: Uint8Array },
} as const;

interface HeaderEntry {
  dtype: keyof typeof elementTypes;
  shape: number[];
  data_offsets: [number, number];
}

/** Parses a safetensors file: header length (u64, little endian), JSON header, then the numbers. */
function parseSafetensors(file: Buffer): Map<string, GoldenTensor> {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, start)) as Record<string, HeaderEntry>;
  const tensors = new Map<string, GoldenTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { type, view } = elementTypes[entry.dtype];
    const [from, to] = entry.data_offsets;
    // A copy, because a typed array may not start at an odd offset of the file.
    const bytes = Uint8Array.from(file.subarray(start + from, start + to));
    tensors.set(name, { name, type, shape: entry.shape, data: new view(bytes.buffer) });
  }
  return tensors;
}

/** Reads `<name>.safetensors` of the golden folder. */
export function readGolden(name: string): GoldenCase {
  const tensors = parseSafetensors(readFileSync(resolve(goldenFolder, `${name}.safetensors`)));
  const typed = <Data extends GoldenData>(type: GoldenTensor['type'], key: string): GoldenTensor<Data> => {
    const tensor = tensors.get(key);
    if (tensor?.type !== type) throw new Error(`${name}.safetensors has no ${type} tensor "${key}"`);
    return tensor as GoldenTensor<Data>;
  };
  return {
    tensors,
    float: (key) => typed('float32', key),
    int: (key) => typed('int32', key),
    bytes: (key) => typed('uint8', key),
  };
}

/** Reads `<name>.json` of the golden folder: scalars of a case, and its tolerances. */
export function readGoldenJson<T = any>(name: string): T {
  return JSON.parse(readFileSync(resolve(goldenFolder, `${name}.json`), 'utf8')) as T;
}

/** Bytes of another file of the golden folder. */
export const readGoldenBytes = (file: string): Uint8Array => readFileSync(resolve(goldenFolder, file));

export interface Closeness {
  /** Whether every |actual - expected| <= atol + rtol |expected|, or equal; false where lengths differ or one is NaN. */
  close: boolean;
  maxError: number;
  /** Position of the largest error, -1 where all are equal. */
  at: number;
  /** `max error 0.12 at 7: 1.12, expected 1`: the message of a failing assertion. */
  message: string;
}

/** Compares two arrays elementwise, as numpy's function of the same name does. Two NaN at one place are not close. */
export function allclose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { atol = 0, rtol = 0 }: { atol?: number; rtol?: number } = {},
): Closeness {
  if (actual.length !== expected.length) {
    const message = `${actual.length} values, expected ${expected.length}`;
    return { close: false, maxError: Infinity, at: -1, message };
  }
  let [maxError, at, close] = [0, -1, true];
  for (let i = 0; i < expected.length; i++) {
    const error = actual[i] === expected[i] ? 0 : Math.abs(actual[i] - expected[i]);
    if (error !== 0 && !(error <= atol + rtol * Math.abs(expected[i]))) close = false;
    if (error > maxError || (Number.isNaN(error) && !Number.isNaN(maxError))) [maxError, at] = [error, i];
  }
  const where = at < 0 ? '' : ` at ${at}: ${actual[at]}, expected ${expected[at]}`;
  return { close, maxError, at, message: `max error ${maxError}${where}` };
}
