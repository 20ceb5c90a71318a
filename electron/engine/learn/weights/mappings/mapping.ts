import type { NamedArray, NamedArrays } from '../tensors.js';

/** A foreign way of naming and laying out weights, and how it becomes ours (docs/weights.md). */
export interface WeightMapping {
  name: string;
  /** Whether these weights are named this way. */
  recognises(given: NamedArrays): boolean;
  /** The same weights under our names, in TensorFlow's layouts. Unknown names are kept, for the net's check to list. */
  map(given: NamedArrays): NamedArrays;
}

/** Every weight through `rename`, which gives its new name and array, or null to leave it out. */
export function mapEach(
  given: NamedArrays,
  rename: (name: string, array: NamedArray) => [string, NamedArray] | null,
): NamedArrays {
  return new Map([...given].map(([name, array]) => rename(name, array)).filter((entry) => entry !== null));
}
