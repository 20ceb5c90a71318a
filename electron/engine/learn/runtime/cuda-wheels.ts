import type { Wheel } from './release.js';

/** The libraries of the extra `and-cuda` of the TensorFlow wheel, Linux on x64. */
export const cudaWheels: readonly Wheel[] = [];
