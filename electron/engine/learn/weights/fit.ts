import { StudioError } from '../../../../shared/errors.js';
import { sameShape, shapeText, type NamedArrays } from './tensors.js';

/** Names shown of each kind before the rest is only counted. */
const NAMES_SHOWN = 8;

/** How `given` differs from what a net expects. */
export interface WeightDifferences {
  missing: string[];
  extra: string[];
  /** `name [1,1,64,20] instead of [1,1,64,3]` */
  misshapen: string[];
}

export function compareWeights(
  given: NamedArrays,
  expected: ReadonlyMap<string, readonly number[]>,
): WeightDifferences {
  return {
    missing: [...expected.keys()].filter((name) => !given.has(name)),
    extra: [...given.keys()].filter((name) => !expected.has(name)),
    misshapen: [...expected].flatMap(([name, shape]) => {
      const array = given.get(name);
      return !array || sameShape(array.shape, shape)
        ? []
        : [`${name} ${shapeText(array.shape)} instead of ${shapeText(shape)}`];
    }),
  };
}

function listed(word: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return [`${word}: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}`];
}

/**
 * The weights that a net expects, whole: every name with its shape and nothing else, in the order of `expected`. Throws
 * `weights-mismatch` listing the missing, extra and misshapen names, and `weights-damaged` where a number is not finite.
 */
export function fitWeights(
  given: NamedArrays,
  expected: ReadonlyMap<string, readonly number[]>,
  file?: string,
): NamedArrays {
  const { missing, extra, misshapen } = compareWeights(given, expected);
  const differences = [...listed('missing', missing), ...listed('extra', extra), ...listed('misshapen', misshapen)];
  if (differences.length > 0) {
    throw new StudioError({
      code: 'weights-mismatch',
      message: `the weights are not of this net; ${differences.join('; ')}`,
      file,
      remedy: 'Choose the weights of this net, or the net that the weights are of (comask weights inspect FILE).',
    });
  }
  for (const name of expected.keys()) {
    const bad = given.get(name)!.data.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new StudioError({
      code: 'weights-damaged',
      message: `"${name}" holds ${given.get(name)!.data[bad]} at position ${bad}: weights must be finite`,
      file,
      remedy: 'Use an earlier checkpoint, or fetch the file again.',
    });
  }
  return new Map([...expected.keys()].map((name) => [name, given.get(name)!]));
}
