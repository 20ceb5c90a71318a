import type { NamedArrays } from './tensors.js';

/** What a file of weights holds, names and layouts as they are in it. */
export interface WeightFile {
  tensors: NamedArrays;
  /** Number type that each tensor has in the file, by the safetensors format's names (`F16`); in memory all are float32. */
  types: Map<string, string>;
}
