import { choice, defineSettings, flag, integer, numbers, text, type GroupValues } from './define.js';

export const saliencySources = ['builtin', 'onnx', 'folder'] as const;

/** Saliency maps: how much each pixel belongs to something that stands out. */
export const saliencySettings = defineSettings('saliency', {
  source: choice(saliencySources, { default: 'builtin' }),
  /** A folder of maps for `folder`, a model file for `onnx`. */
  path: text({ default: '' }),
  /** Side of the square that the network of an `onnx` source sees. */
  inputSize: integer({ default: 320, min: 32, max: 2048, unit: 'px' }),
  /** Sizes that the network sees, as multiples of `inputSize`; their maps are averaged. */
  scales: numbers({ default: [1], min: 0.1, max: 8 }),
  /** Whether the mirrored photo is looked at as well and both maps are averaged. */
  mirror: flag({ default: false }),
  /** Threads of an `onnx` source; 0 for one a core. */
  threads: integer({ default: 0, min: 0, max: 256, unit: 'threads' }),
});

export type SaliencySettings = GroupValues<typeof saliencySettings>;
