import { oihwToHwio, transposed, type NamedArray } from '../tensors.js';
import { mapEach, type WeightMapping } from './mapping.js';

/** What PyTorch's DataParallel puts before every name. */
const PARALLEL_PREFIX = /^module\./;

const kernel = (array: NamedArray): NamedArray => (array.shape.length === 4 ? oihwToHwio(array) : array);
/** The affinity is (W f1)' f2 there and f1 W f2' with row vectors here: the same numbers with W transposed. */
const matrix = (array: NamedArray): NamedArray => (array.shape.length === 2 ? transposed(array) : array);

/** Prefix of the reference implementation's names, ours, and the change of layout. */
const renames: readonly [RegExp, string, (array: NamedArray) => NamedArray][] = [
  [/^vgg\.features\./, 'backbone.features.', kernel],
  [/^vgg\.extra_convs\./, 'extra.', kernel],
  [/^vgg\.extra_last_conv\./, 'classifier.', kernel],
  [/^extra_linear_e\./, 'affinity.target.', matrix],
  [/^extra_gate\./, 'coClassifier.', kernel],
  [/^extra_gate_merge\./, 'gate.', kernel],
];

/** A checkpoint of the method's published implementation: one affinity matrix and a co-attention classifier of its own. */
export const referenceCheckpoint: WeightMapping = {
  name: 'reference implementation',
  recognises: (given) => [...given.keys()].some((name) => /^(module\.)?extra_linear_e\.weight$/.test(name)),
  map: (given) =>
    mapEach(given, (name, array) => {
      const plain = name.replace(PARALLEL_PREFIX, '');
      const rename = renames.find(([prefix]) => prefix.test(plain));
      return rename ? [plain.replace(rename[0], rename[1]), rename[2](array)] : [plain, array];
    }),
};
