import type { ParameterSpecs } from '../../electron/engine/learn/nets/parameters.js';
import { sizeOf, type NamedArrays } from '../../electron/engine/learn/weights/tensors.js';

/**
 * Weights that are quickly made, of the size that a net's first ones have: forty million normal numbers take half a minute.
 * Norms and biases get numbers of their own, so that none is mistaken for another.
 */
export function cheapWeights(specs: ParameterSpecs): NamedArrays {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
  return new Map(
    [...specs].map(([name, { shape, init }]) => {
      const data = new Float32Array(sizeOf(shape));
      const [centre, bound] =
        init.kind === 'constant' ? [init.value, 0.2] : [0, init.kind === 'normal' ? 1.7 * init.std : 0.05];
      for (let i = 0; i < data.length; i++) data[i] = centre + bound * next();
      return [name, { shape, data }];
    }),
  );
}
