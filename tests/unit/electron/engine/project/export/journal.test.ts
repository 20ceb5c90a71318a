import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Journal } from '../../../../../../electron/engine/project/export/journal.js';
import { temporaryFolder } from '../../../../../support/folder.js';

/** More images than are fetched at a time, noted from the last to the first. */
const COUNT = 120;
const idOf = (at: number): string => `i${String(at).padStart(3, '0')}`;

function fixture(): Journal {
  const journal = new Journal(join(temporaryFolder(), 'journal.sqlite'));
  onTestFinished(() => journal.close());
  for (let at = COUNT - 1; at >= 0; at--) {
    const files = Array.from({ length: 5 }, (_, k) => `${idOf(at)}/${k}`);
    journal.add({ id: idOf(at), split: at % 3 === 0 ? null : 'train', source: 'a', kept: { at }, files });
  }
  return journal;
}

async function idsOf(journal: Journal, split?: string | null): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of journal.entries(split)) ids.push(id);
  return ids;
}

describe('a journal', () => {
  it('gives its entries in the order of ids, all or of one split, as often as asked', async () => {
    const journal = fixture();
    const all = Array.from({ length: COUNT }, (_, at) => idOf(at));
    expect(await idsOf(journal)).toEqual(all);
    expect(await idsOf(journal, null)).toEqual(all.filter((_, at) => at % 3 === 0));
    expect(await idsOf(journal, 'train')).toEqual(all.filter((_, at) => at % 3 !== 0));
    expect(await idsOf(journal, 'val')).toEqual([]);
    expect(journal.splits).toEqual(['train', null]);
    for await (const { kept, split } of journal.entries()) {
      expect(kept).toEqual({ at: 0 });
      expect(split).toBeNull();
      break;
    }
  });

  it('puts what is noted anew in the place of what was there', async () => {
    const journal = fixture();
    expect(journal.done('i007')).toEqual({ source: 'a', files: [0, 1, 2, 3, 4].map((k) => `i007/${k}`) });
    journal.add({ id: 'i007', split: 'val', source: 'b', kept: null, files: ['other'] });
    expect(journal.done('i007')).toEqual({ source: 'b', files: ['other'] });
    expect(await idsOf(journal, 'val')).toEqual(['i007']);
    expect(journal.done('none')).toBeNull();
  });

  it('knows every file that is the export’s own', () => {
    const journal = fixture();
    journal.addDocument('classes.txt');
    const files = [...journal.files()];
    expect(files).toHaveLength(COUNT * 5 + 1);
    expect(files).toContain('classes.txt');
    expect(new Set(files).size).toBe(files.length);
  });
});
