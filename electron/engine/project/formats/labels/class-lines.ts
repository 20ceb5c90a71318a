import { readStrictText } from '../strict-text.js';
import { linesOf } from '../text.js';
import { LabelCollector, type LabelFile, type LabelReader } from './label-file.js';

/** `*_cls.txt` and every other `.txt`. */
export const classLines: LabelReader = {
  name: 'a .txt with lines "id 0 14" (0-based class numbers)',
  accepts: (file) => file.toLowerCase().endsWith('.txt'),
  read: async (file) => parseClassLines(await readStrictText(file), file),
};

/**
 * Parses a `*_cls.txt` file: a line an image, its id and then its 0-based classes, blank-separated
 * (`2007_000032 0 14`). Blanks at the end, empty lines and a missing last line break are common and harmless; a class
 * given twice counts once. `file` names the text in failures.
 */
export function parseClassLines(text: string, file: string): LabelFile {
  const collector = new LabelCollector(file);
  for (const { number, line } of linesOf(text)) {
    const [name, ...fields] = line.split(/\s+/);
    const wrong = fields.find((field) => !/^\d{1,9}$/.test(field));
    if (wrong === undefined) collector.add(name, fields.map(Number), `line ${number}`);
    else collector.fail(name, 'label-unknown', `line ${number}`, `${JSON.stringify(wrong.slice(0, 40))} is not a class number`); // prettier-ignore
  }
  return collector.result();
}
