import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import { classifierParameters } from '../nets/classifier.js';
import { constantParameters, shapesOf } from '../nets/parameters.js';
import { fitWeights } from '../weights/fit.js';
import { gatherer } from './gather.js';
import type { Context } from './imageMaps.js';
import { sourceCache } from './sourceCache.js';
import type { LocalizeInputs } from './types.js';

const BYTES_A_MEGABYTE = 2 ** 20;

/** Ids of the images that carry each class. */
function membersOf(pool: LocalizeInputs['pool']): Map<number, string[]> {
  const members = new Map<number, string[]>();
  for (const { id, classes } of pool) {
    for (const classIndex of classes) {
      const ids = members.get(classIndex);
      if (ids) ids.push(id);
      else members.set(classIndex, [id]);
    }
  }
  return members;
}

/**
 * A net with its weights on the device, ready to make maps; `closeContext` lets go of it. Throws `weights-mismatch` where
 * the weights are not of this classifier.
 */
export function openContext(inputs: Context['inputs'], settings: LocalizeSettings, signal: AbortSignal): Context {
  const { tf, trainSettings, classCount } = inputs;
  const specs = classifierParameters(trainSettings, classCount);
  const weights = constantParameters(tf, fitWeights(inputs.weights, shapesOf(specs)));
  return {
    inputs,
    settings,
    weights,
    gather: gatherer(tf, weights, trainSettings, {
      temperature: settings['affinity.temperature'],
      joint: settings['references.joint'],
    }),
    cache: sourceCache(tf, settings['cache.megabytes'] * BYTES_A_MEGABYTE),
    descriptors: new Map(),
    members: membersOf(inputs.pool),
    pool: new Set(inputs.pool.map(({ id }) => id)),
    domainOf: new Map([...inputs.pool, ...inputs.images].map(({ id, domain }) => [id, domain])),
    signal,
  };
}

export function closeContext({ cache, inputs: { tf }, weights }: Context): void {
  cache.dispose();
  tf.dispose(Object.values(weights));
}
