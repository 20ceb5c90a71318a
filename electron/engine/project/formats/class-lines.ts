import type { Failure } from '../../../../shared/types.js';
import { linesOf } from './text.js';

/** Image-level labels by image id, classes 0-based and ascending, and the lines that could not be used. */
export interface ClassLines {
  labels: Map<string, number[]>;
  failures: Failure[];
}

/**
 * Parses a `*_cls.txt` file: a line an image, its id and then its 0-based classes, blank-separated
 * (`2007_000032 0 14`). Blanks at the end, empty lines and a missing last line break are common and harmless; a class
 * given twice counts once. `file` names the text in failures.
 */
export function parseClassLines(text: string, file: string): ClassLines {
  const labels = new Map<string, number[]>();
  const failures: Failure[] = [];
  for (const { number, line } of linesOf(text)) {
    const [name, ...fields] = line.split(/\s+/);
    const id = name.normalize('NFC');
    const fail = (code: Failure['code'], reason: string): void => {
      failures.push({ id, file, code, reason: `line ${number}: ${reason}`, action: 'line left out' });
    };
    const wrong = fields.find((field) => !/^\d{1,9}$/.test(field));
    if (wrong !== undefined) fail('label-unknown', `"${wrong}" is not a class number`);
    else if (labels.has(id)) fail('id-duplicate', `${id} has labels already`);
    else labels.set(id, [...new Set(fields.map(Number))].sort((a, b) => a - b)); // prettier-ignore
  }
  return { labels, failures };
}
