import type { Refuse } from '../damaged.js';
import { TensorReference } from './references.js';

/** Names under which training programs put the weights, in the order of looking. */
const wrappers = ['state_dict', 'model_state_dict', 'model', 'net', 'network', 'params_ema', 'params', 'weights'];

const tensorsIn = (value: unknown): Map<string, TensorReference> =>
  new Map(
    value instanceof Map
      ? [...value].filter((entry): entry is [string, TensorReference] => {
          return typeof entry[0] === 'string' && entry[1] instanceof TensorReference;
        })
      : [],
  );

/**
 * The tensors by name of a saved object: a state dict, or a dictionary that holds one under one of the usual names. What
 * else lies beside the tensors (epochs, an optimiser) is left out.
 */
export function stateDict(saved: unknown, refuse: Refuse): Map<string, TensorReference> {
  const candidates = [saved, ...(saved instanceof Map ? wrappers.map((name) => saved.get(name)) : [])];
  const found = candidates.map(tensorsIn).find(({ size }) => size > 0);
  if (found) return found;
  throw refuse('it holds no dictionary of tensors by name');
}
