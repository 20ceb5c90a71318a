import type { Tensor4D } from '@tensorflow/tfjs';
import type { View } from './views.js';

/** Features of the views of one image: that which was asked for last. */
export interface ViewCache {
  /** The features of a view, made where they are not there; they belong to the cache. */
  get(id: string, view: View, make: () => Tensor4D): Tensor4D;
  dispose(): void;
}

export function viewCache(): ViewCache {
  const held = new Map<string, Tensor4D>();
  let of = '';
  const dispose = (): void => {
    for (const features of held.values()) features.dispose();
    held.clear();
  };
  return {
    get(id, { scale, mirrored }, make) {
      if (id !== of) dispose();
      of = id;
      const key = `${scale} ${mirrored}`;
      const features = held.get(key) ?? make();
      held.set(key, features);
      return features;
    },
    dispose,
  };
}
