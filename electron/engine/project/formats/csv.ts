import { join, posix } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import type { Failure } from '../../../../shared/types.js';
import { idOf } from '../paths.js';
import { FailureTally } from './failure-tally.js';
import { fileFinder } from './file-finder.js';
import { photoPaths } from './find-photo.js';
import { isFailure, type DatasetEntry, type DatasetFormat, type FormatOptions } from './format.js';
import { columnsOf, haveLabels, labelsOfRow, plainColumns, type Columns } from './table/columns.js';
import { isTableName, tableRows, type Row } from './table/rows.js';
import { isPhotoName, namesIn } from './text.js';

/**
 * A table `path,label|label`, a line a photo, in labels.csv (or .tsv), in the only table of the folder, or in the label
 * file of the options. Paths are relative to the dataset's folder; their endings may be left out. With a header, columns may come in any order after
 * the path, `split` and `truth` (path of a label map) are read too, and a column may stand for a class.
 */
export const csv: DatasetFormat = {
  name: 'csv',
  looksFor: 'a table labels.csv or .tsv (or the only one in the folder) with lines path,label|label',

  recognises: async (root, options) => (await tableOf(root, options)) !== null,

  async classes(root, options) {
    const names = new Set<string>();
    for await (const item of entries(root, options)) {
      if (!isFailure(item)) item.labels?.forEach((label) => names.add(String(label)));
    }
    return [...names].sort();
  },

  read: (root, options) => entries(root, options),
};

/** The table's path, or null where there is none or more than one to choose from. */
async function tableOf(root: string, { labels }: FormatOptions): Promise<string | null> {
  if (labels) return isTableName(labels) ? labels : null;
  const tables = (await namesIn(root)).filter((name) => isTableName(name) && !name.startsWith('.'));
  const named = ['labels.csv', 'labels.tsv'].find((name) => tables.includes(name));
  if (named) return join(root, named);
  return tables.length === 1 ? join(root, tables[0]) : null;
}

async function* entries(root: string, options: FormatOptions): AsyncGenerator<DatasetEntry | Failure> {
  const find = fileFinder(root);
  const file = await tableOf(root, options);
  if (file === null) throw noTable(root);
  const tally = new FailureTally();
  const fail = ({ line }: Row, code: Failure['code'], reason: string, action = 'line left out'): void =>
    tally.add({ file, code, reason: `line ${line}: ${reason}`, action });
  let columns: Columns | null = null;
  for await (const row of tableRows(file)) {
    if (isFailure(row)) {
      tally.add(row);
      continue;
    }
    if (columns === null) {
      const named = columnsOf(row.cells);
      columns = named ?? plainColumns;
      if (!haveLabels(columns)) fail(row, 'label-missing', 'the header names no column of labels', 'imported without labels'); // prettier-ignore
      if (named) continue;
    }
    const path = slashes(row.cells[0]);
    const labels = labelsOfRow(row.cells, columns);
    if (path === '') fail(row, 'file-missing', 'there is no path');
    else if ('wrong' in labels) fail(row, 'label-unknown', `${JSON.stringify(labels.wrong)} is neither 0 nor 1`);
    else {
      // A table may have ids in the place of paths.
      const photo = isPhotoName(posix.basename(path)) ? path : ((await find(photoPaths(path))) ?? path);
      yield entryOf(photo, row, columns, labels.names, options);
    }
  }
  yield* tally.failures();
}

const noTable = (root: string): StudioError =>
  new StudioError({
    code: 'dataset-unknown',
    message: `there is neither a labels.csv nor one single .csv or .tsv in ${root}`,
    file: root,
    remedy: 'Name the table as the label file (--labels FILE.csv).',
  });

/** `.\cat\1.jpg`, as tables made on Windows have it, to `cat/1.jpg`. */
const slashes = (path: string): string => (path === '' ? '' : posix.normalize(path.replaceAll('\\', '/')));

function entryOf(
  path: string,
  { cells }: Row,
  columns: Columns,
  names: readonly string[],
  { classes }: FormatOptions,
): DatasetEntry {
  // Beside given names of classes, a number that is none of them is the number of a class.
  const isNumber = (name: string): boolean =>
    classes !== undefined && /^\d{1,9}$/.test(name) && !classes.includes(name);
  return {
    id: idOf(path),
    path,
    split: cells[columns.split] || null,
    labels: haveLabels(columns) ? names.map((name) => (isNumber(name) ? Number(name) : name)) : null,
    truth: slashes(cells[columns.truth] ?? '') || null,
  };
}
