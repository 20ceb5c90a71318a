import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabelFile, type LabelFile } from '../../electron/engine/project/formats/labels/index.js';
import { goldenFolder, readGoldenJson } from '../support/golden.js';

interface Expected {
  first5: { id: string; classes: number[] }[];
  entries: number;
  entries_without_class: number;
  positives_per_class: number[];
  last: { id: string; classes: number[] };
  /** How the labels agree with those of oaa_train_cls.txt. */
  ids_also_in_oaa_train_cls?: number;
  of_these_with_the_same_classes?: number;
}

const folder = resolve(goldenFolder, '../data/label-files');
const read = (name: string): Promise<LabelFile> => readLabelFile(resolve(folder, name));
const available = existsSync(resolve(goldenFolder, 'label_files.json')) && existsSync(folder);

describe.skipIf(!available)('label files (needs the golden numbers and data/label-files beside them)', () => {
  it.each(['oaa_train_cls.txt', 'psa_cls_labels.npy', 'irn_cls_labels.npy'])(
    'reads %s as the published loaders do',
    async (name) => {
      const expected = readGoldenJson<Record<string, Expected>>('label_files')[name];
      const { labels, failures } = await read(name);
      const entries = [...labels].map(([id, classes]) => ({ id, classes }));
      expect(failures).toEqual([]);
      expect(entries).toHaveLength(expected.entries);
      expect(entries.filter(({ classes }) => classes.length === 0)).toHaveLength(expected.entries_without_class);
      expect(entries.slice(0, 5)).toEqual(expected.first5.map(({ id, classes }) => ({ id, classes })));
      expect(entries.at(-1)).toEqual({ id: expected.last.id, classes: expected.last.classes });
      const positives = expected.positives_per_class.map((_, k) => entries.filter((entry) => entry.classes.includes(k)).length); // prettier-ignore
      expect(positives).toEqual(expected.positives_per_class);
      if (expected.ids_also_in_oaa_train_cls === undefined) return;
      const published = (await read('oaa_train_cls.txt')).labels;
      const shared = entries.filter(({ id }) => published.has(id));
      expect(shared).toHaveLength(expected.ids_also_in_oaa_train_cls);
      const same = shared.filter(({ id, classes }) => classes.join() === published.get(id)!.join());
      expect(same).toHaveLength(expected.of_these_with_the_same_classes!);
    },
  );

  it('gives the same labels of PSA and IRN, whose ids are text and numbers', async () => {
    const [psa, irn] = [(await read('psa_cls_labels.npy')).labels, (await read('irn_cls_labels.npy')).labels];
    expect(new Map([...psa].sort())).toEqual(new Map([...irn].sort()));
  });
});
