import type { NamedArrays } from '../tensors.js';
import { kerasMobilenet } from './kerasMobilenet.js';
import { kerasVgg } from './kerasVgg.js';
import type { WeightMapping } from './mapping.js';
import { referenceCheckpoint } from './referenceCheckpoint.js';
import { irnResnet, torchvisionResnet } from './torchvisionResnet.js';
import { torchvisionVgg } from './torchvisionVgg.js';

export type { WeightMapping } from './mapping.js';
export { referenceCheckpoint } from './referenceCheckpoint.js';

/** Every naming that is understood beside our own. */
export const weightMappings: readonly WeightMapping[] = [
  referenceCheckpoint,
  torchvisionVgg,
  torchvisionResnet,
  irnResnet,
  kerasVgg,
  kerasMobilenet,
];

const BACKBONE = 'backbone.';
/** What PyTorch's DataParallel puts before every name. */
const PARALLEL = 'module.';

/** The same weights without DataParallel's prefix, where all names have it. */
function plainNames(given: NamedArrays): NamedArrays {
  const parallel = [...given.keys()].every((name) => name.startsWith(PARALLEL));
  return parallel ? new Map([...given].map(([name, array]) => [name.slice(PARALLEL.length), array])) : given;
}

/** The naming that weights have, if it is one of the known ones. */
export function namingOf(given: NamedArrays): WeightMapping | undefined {
  const plain = plainNames(given);
  return weightMappings.find(({ recognises }) => recognises(plain));
}

/** Weights under our names, whichever known naming they came with; an unknown one is returned as it is. */
export const toOurNames = (given: NamedArrays): NamedArrays => namingOf(given)?.map(plainNames(given)) ?? given;

/**
 * The backbone's part of any weights: of a backbone alone, of a run's checkpoint or of the reference implementation.
 * Weights of unknown naming are returned whole, so that fitting them lists what is wrong.
 */
export function backboneOf(given: NamedArrays): NamedArrays {
  const ours = toOurNames(given);
  const backbone = [...ours].filter(([name]) => name.startsWith(BACKBONE));
  return backbone.length > 0 ? new Map(backbone) : ours;
}
