import { damagedText, readStrictText } from '../strict-text.js';
import { LabelCollector, type Label, type LabelFile, type LabelReader } from './label-file.js';

/** A JSON object from ids to names. */
export const jsonNames: LabelReader = {
  name: 'a .json {"id": ["cat", "sofa"], ...} (names, or 0-based class numbers)',
  accepts: (file) => file.toLowerCase().endsWith('.json'),
  read: async (file) => parseJsonLabels(await readStrictText(file), file),
};

/**
 * Labels of a JSON object whose keys are image ids and whose values are names of classes or 0-based class numbers: a
 * list, or a single one. Throws `file-damaged`.
 */
export function parseJsonLabels(text: string, file: string): LabelFile {
  let table: unknown;
  try {
    table = JSON.parse(text);
  } catch (error) {
    throw damagedText(file, `it is not JSON (${(error as Error).message.slice(0, 200)})`);
  }
  if (typeof table !== 'object' || table === null || Array.isArray(table))
    throw damagedText(file, 'it is no JSON object {"id": ["name", ...], ...}');
  if ('annotations' in table && 'images' in table)
    throw damagedText(file, 'it looks like annotations of COCO (--format coco), not like labels {"id": ["name", ...]}');
  const collector = new LabelCollector(file);
  for (const [id, value] of Object.entries(table)) {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const wrong = list.find((label) => !isLabel(label));
    const repeated = list.length !== new Set(list).size && list.every((label) => typeof label === 'number');
    const place = `entry ${JSON.stringify(id.slice(0, 80))}`;
    if (wrong !== undefined) {
      const what = typeof wrong === 'object' ? 'a list or object' : JSON.stringify(wrong).slice(0, 40);
      collector.fail(id, 'label-unknown', place, `${what} is neither a name nor a class number`);
    } else if (repeated) {
      // A vector of 0 and 1 would be taken for classes 0 and 1.
      collector.fail(
        id,
        'label-unknown',
        place,
        'a class number stands there twice: class numbers are meant, no vector',
      );
    } else collector.add(id, (list as Label[]).map(clean), place);
  }
  return collector.result();
}

const isLabel = (label: unknown): label is Label =>
  (typeof label === 'string' && label.trim() !== '') || (Number.isSafeInteger(label) && (label as number) >= 0);

const clean = (label: Label): Label => (typeof label === 'string' ? label.trim().normalize('NFC') : label);
