import { choice, defineSettings, integer, text, type GroupValues } from './define.js';

export const saliencySources = ['builtin', 'onnx', 'folder'] as const;

/** Saliency maps: how much each pixel belongs to something that stands out. */
export const saliencySettings = defineSettings('saliency', {
  source: choice(saliencySources, { default: 'builtin' }),
  /** A folder of maps for `folder`, a model file for `onnx`. */
  path: text({ default: '' }),
  inputSize: integer({ default: 320, min: 32, max: 2048, unit: 'px' }),
});

export type SaliencySettings = GroupValues<typeof saliencySettings>;
