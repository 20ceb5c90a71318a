import { oihwToHwio } from '../tensors.js';
import { mapEach, type WeightMapping } from './mapping.js';

/**
 * torchvision's VGG: `features.N.weight` [out,in,h,w] and `features.N.bias` become `backbone.features.N.*`. The fully
 * connected `classifier.*` has no place here and is left out.
 */
export const torchvisionVgg: WeightMapping = {
  name: 'torchvision VGG',
  recognises: (given) => given.has('features.0.weight'),
  map: (given) =>
    mapEach(given, (name, array) => {
      if (name.startsWith('classifier.')) return null;
      return [`backbone.${name}`, array.shape.length === 4 ? oihwToHwio(array) : array];
    }),
};
