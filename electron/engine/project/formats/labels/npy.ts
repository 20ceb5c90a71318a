import { StudioError } from '../../../../../shared/errors.js';
import { elements, onlyItem, PickledArray, readNpy } from '../../../data/numpy/index.js';
import { readWhole } from '../strict-text.js';
import { LabelCollector, type Label, type LabelFile, type LabelReader } from './label-file.js';

/**
 * `cls_labels.npy` as PSA and IRN make it: `numpy.save` of a dictionary from ids to vectors with a 1 for each class that
 * an image shows. It is a pickle, and read as data; nothing in it is run.
 */
export const npyVectors: LabelReader = {
  name: 'a .npy holding a dictionary {id: vector of 0 and 1}, as of PSA and IRN',
  accepts: (file) => file.toLowerCase().endsWith('.npy'),
  read: async (file) => labelsIn(await readWhole(file), file),
};

/** Classes of the longest vector: more than any project can have. */
const MAX_CLASSES = 65536;

/** Labels of the bytes of a .npy file. Throws `file-damaged`. */
export function labelsIn(bytes: Uint8Array, file: string): LabelFile {
  const table = onlyItem(readNpy(bytes, file));
  if (!(table instanceof Map)) throw notADictionary(file);
  const collector = new LabelCollector(file);
  let row = 0;
  for (const [key, value] of table) {
    const place = `entry ${(row += 1)}`;
    const id = idOfKey(key);
    const labels = labelsOf(value);
    if (id === null) collector.fail(undefined, 'file-damaged', place, 'its key is neither text nor a whole number');
    else if (typeof labels === 'string') collector.fail(id, 'label-unknown', place, labels);
    else collector.add(id, labels, place);
  }
  return collector.result();
}

/** IRN writes ids as numbers, without the underscore after the year: 2007000032 is 2007_000032. */
function idOfKey(key: unknown): string | null {
  if (key instanceof Uint8Array) return Buffer.from(key).toString('latin1');
  if (typeof key === 'bigint') return String(key);
  if (typeof key !== 'number') return typeof key === 'string' ? key : null;
  if (!Number.isInteger(key) || key < 0) return null;
  return String(key).replace(/^((?:19|20)\d\d)(\d{6})$/, '$1_$2');
}

/** Classes whose place in the vector holds a 1, or names of a list; or, as text, why it is neither. */
function labelsOf(value: unknown): Label[] | string {
  if (!(value instanceof PickledArray)) return namesOf(value);
  const { array } = value;
  if (!array) return 'its vector has no contents';
  const length = Math.max(...array.shape, 1);
  if (array.shape.some((size) => size !== 1 && size !== length) || array.shape.filter((size) => size > 1).length > 1)
    return `an array of shape (${array.shape.join(', ')}) is no vector`;
  if (length > MAX_CLASSES) return `a vector of ${length} classes`;
  const values = elements(array);
  if (values.length > 0 && values.every((one) => typeof one === 'string')) return namesOf(values);
  const wrong = values.find((one) => Number(one) !== 0 && Number(one) !== 1);
  if (wrong !== undefined) return `${JSON.stringify(String(wrong))} in its vector is neither 0 nor 1`;
  return values.flatMap((one, classIndex) => (Number(one) === 1 ? [classIndex] : []));
}

function namesOf(value: unknown): string[] | string {
  const list = value instanceof Set ? [...value] : value;
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) {
    return list.map((name) => name.normalize('NFC'));
  }
  return 'it has neither a numpy vector nor a list of names';
}

const notADictionary = (file: string): StudioError =>
  new StudioError({
    code: 'file-damaged',
    message: `${file} holds no dictionary, so it does not tell which labels are of which image`,
    file,
    remedy: 'Save a dictionary: numpy.save(file, {id: vector, ...}).',
  });
