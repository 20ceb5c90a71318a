import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseClassLines } from '../../electron/engine/project/formats/class-lines.js';
import { goldenFolder } from '../support/golden.js';

interface Expected {
  first5: { id: string; classes: number[] }[];
  entries: number;
  positives_per_class: number[];
  last: { id: string; classes: number[] };
}

const golden = resolve(goldenFolder, 'label_files.json');
const file = resolve(goldenFolder, '../data/label-files/oaa_train_cls.txt');
const available = existsSync(golden) && existsSync(file);

describe.skipIf(!available)('label files (needs the golden numbers and data/label-files beside them)', () => {
  it('reads train_cls.txt as the published loader does', () => {
    const all = JSON.parse(readFileSync(golden, 'utf8')) as Record<string, Expected>;
    const expected = all['oaa_train_cls.txt'];
    const { labels, failures } = parseClassLines(readFileSync(file, 'utf8'), file);
    const entries = [...labels].map(([id, classes]) => ({ id, classes }));
    expect(failures).toEqual([]);
    expect(entries).toHaveLength(expected.entries);
    expect(entries.slice(0, 5)).toEqual(expected.first5.map(({ id, classes }) => ({ id, classes })));
    expect(entries.at(-1)).toEqual(expected.last);
    const positives = expected.positives_per_class.map((_, k) => entries.filter((entry) => entry.classes.includes(k)).length); // prettier-ignore
    expect(positives).toEqual(expected.positives_per_class);
  });
});
