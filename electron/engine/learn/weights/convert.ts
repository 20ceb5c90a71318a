import { backbones } from '../nets/backbones/index.js';
import { shapesOf } from '../nets/parameters.js';
import { fitWeights } from './fit.js';
import { backboneOf } from './mappings/index.js';
import type { NamedArrays } from './tensors.js';

/** Backbones that start from a file of weights. */
export const convertibleBackbones = Object.values(backbones)
  .filter(({ fromNothing }) => !fromNothing)
  .map(({ name }) => name);

/**
 * Weights under our names and in our layouts, as the backbone takes them: all of it and nothing else. Throws
 * `weights-mismatch` listing missing, extra and misshapen names, and `weights-damaged` where a number is not finite.
 *
 * @param backbone one of `convertibleBackbones`
 */
export function weightsForBackbone(given: NamedArrays, backbone: string, file?: string): NamedArrays {
  const specs = backbones[backbone as keyof typeof backbones].parameters(0);
  const expected = new Map([...shapesOf(specs)].map(([name, shape]) => [`backbone.${name}`, shape]));
  return fitWeights(backboneOf(given), expected, file);
}
