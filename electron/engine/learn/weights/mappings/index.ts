import type { NamedArrays } from '../tensors.js';
import { kerasMobilenet } from './kerasMobilenet.js';
import type { WeightMapping } from './mapping.js';
import { referenceCheckpoint } from './referenceCheckpoint.js';
import { torchvisionVgg } from './torchvisionVgg.js';

export type { WeightMapping } from './mapping.js';
export { referenceCheckpoint } from './referenceCheckpoint.js';

/** Every naming that is understood beside our own. */
export const weightMappings: readonly WeightMapping[] = [referenceCheckpoint, torchvisionVgg, kerasMobilenet];

const BACKBONE = 'backbone.';

/** Weights under our names, whichever known naming they came with; an unknown one is returned as it is. */
export function toOurNames(given: NamedArrays): NamedArrays {
  return weightMappings.find(({ recognises }) => recognises(given))?.map(given) ?? given;
}

/**
 * The backbone's part of any weights: of a backbone alone, of a run's checkpoint or of the reference implementation.
 * Weights of unknown naming are returned whole, so that fitting them lists what is wrong.
 */
export function backboneOf(given: NamedArrays): NamedArrays {
  const ours = toOurNames(given);
  const backbone = [...ours].filter(([name]) => name.startsWith(BACKBONE));
  return backbone.length > 0 ? new Map(backbone) : ours;
}
