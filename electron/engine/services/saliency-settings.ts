import { resolve } from 'node:path';
import { saliencySettings, type SaliencySettings } from '../../../shared/settings/saliency.js';
import { weightsPath } from '../learn/weights/catalogue/find.js';

/**
 * Settings of saliency maps as a person gives them, with the absolute path of the model (which may be a name of the
 * catalogue) or of the folder. Throws `settings-invalid`, and `file-missing` for weights that are not fetched yet.
 */
export function typedSaliency(values: Partial<Record<string, unknown>>): SaliencySettings {
  const typed = saliencySettings.resolve(values);
  const absolute = typed.source === 'onnx' ? weightsPath : resolve;
  return { ...typed, path: typed.path && absolute(typed.path) };
}
