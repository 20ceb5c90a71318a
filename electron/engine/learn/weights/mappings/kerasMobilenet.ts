import { mapEach, type WeightMapping } from './mapping.js';

/**
 * Keras' MobileNetV1: `conv1/kernel` becomes `backbone.conv1.kernel`, and so on; the layouts are TensorFlow's already.
 * The classifier of the thousand ImageNet classes (`conv_preds`) is left out.
 */
export const kerasMobilenet: WeightMapping = {
  name: 'Keras MobileNet',
  recognises: (given) => given.has('conv1/kernel') && given.has('conv_dw_1/depthwise_kernel'),
  map: (given) =>
    mapEach(given, (name, array) =>
      name.startsWith('conv_preds/') ? null : [`backbone.${name.replaceAll('/', '.')}`, array],
    ),
};
