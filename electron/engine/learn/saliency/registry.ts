import type { saliencySources } from '../../../../shared/settings/saliency.js';
import { builtinSource } from './builtin.js';
import { folderSource } from './folder.js';
import { onnxSource } from './onnx.js';
import type { SaliencySource } from './source.js';

/** Every saliency source by the name that settings call it. */
export const saliencyRegistry: Record<(typeof saliencySources)[number], SaliencySource> = {
  builtin: builtinSource,
  onnx: onnxSource,
  folder: folderSource,
};
