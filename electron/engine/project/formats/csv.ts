import { createReadStream } from 'node:fs';
import { join, posix } from 'node:path';
import { parse } from 'csv-parse';
import { StudioError } from '../../../../shared/errors.js';
import type { Failure } from '../../../../shared/types.js';
import { idOf } from '../paths.js';
import { isFailure, type DatasetEntry, type DatasetFormat, type FormatOptions } from './format.js';
import { namesIn } from './text.js';

/** What the first cell of a header may say; a photo is hardly called that. */
const PATH_HEADERS = ['path', 'file', 'filename', 'image', 'photo'];
const LABEL_HEADERS = ['labels', 'label', 'classes', 'class'];

/**
 * A table `path,label|label`, a line a photo, in labels.csv, in the only .csv of the folder, or in the label file of the
 * options. Paths are relative to the dataset's folder. With a header, columns may come in any order after the path, and
 * `split` and `truth` (path of a label map) are read too.
 */
export const csv: DatasetFormat = {
  name: 'csv',
  looksFor: 'a table labels.csv (or the only .csv in the folder) with lines path,label|label',

  recognises: async (root, options) => (await tableOf(root, options)) !== null,

  async classes(root, options) {
    const names = new Set<string>();
    for await (const item of rows(root, options)) {
      if (!isFailure(item)) item.labels?.forEach((label) => names.add(String(label)));
    }
    return [...names].sort();
  },

  read: (root, options) => rows(root, options),
};

/** The table's path, or null where there is none or more than one to choose from. */
async function tableOf(root: string, { labels }: FormatOptions): Promise<string | null> {
  if (labels) return labels.toLowerCase().endsWith('.csv') ? labels : null;
  const tables = (await namesIn(root)).filter((name) => name.toLowerCase().endsWith('.csv') && !name.startsWith('.'));
  if (tables.includes('labels.csv')) return join(root, 'labels.csv');
  return tables.length === 1 ? join(root, tables[0]) : null;
}

/** Places of the columns in a line; -1 for those that are not there. */
interface Columns {
  path: number;
  labels: number;
  split: number;
  truth: number;
}

const plainColumns: Columns = { path: 0, labels: 1, split: -1, truth: -1 };

/** The columns a header names, or null where the line is no header. */
function columnsOf(line: readonly string[]): Columns | null {
  const names = line.map((cell) => cell.toLowerCase());
  if (!PATH_HEADERS.includes(names[0])) return null;
  const labels = names.findIndex((name) => LABEL_HEADERS.includes(name));
  return { path: 0, labels, split: names.indexOf('split'), truth: names.indexOf('truth') };
}

async function* rows(root: string, options: FormatOptions): AsyncGenerator<DatasetEntry | Failure> {
  const file = await tableOf(root, options);
  if (file === null) {
    throw new StudioError({
      code: 'dataset-unknown',
      message: `there is neither a labels.csv nor one single .csv in ${root}`,
      file: root,
      remedy: 'Name the table: --labels FILE.csv',
    });
  }
  const broken: Failure[] = [];
  const fail = (number: number, code: Failure['code'], reason: string): Failure =>
    ({ file, code, reason: `line ${number}: ${reason}`, action: 'line left out' }); // prettier-ignore
  let brokenLine = 0;
  const parser = parse({
    bom: true,
    trim: true,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip(error) {
      // One line may be broken in several places.
      const number = Number(error?.lines ?? 0);
      if (number !== brokenLine)
        broken.push(fail(number, 'file-damaged', error?.message ?? 'it is no line of a table'));
      brokenLine = number;
    },
  });
  const source = createReadStream(file).on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let columns: Columns | null = null;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield* broken.splice(0);
    if (columns === null) {
      const named = columnsOf(record);
      columns = named ?? plainColumns;
      if (columns.labels < 0) yield fail(info.lines, 'label-missing', 'the header names no column of labels');
      if (named) continue;
    }
    const path = slashes(record[columns.path]);
    if (path === '') yield fail(info.lines, 'file-missing', 'there is no path');
    else yield entryOf(path, record, columns);
  }
  yield* broken;
}

/** `.\cat\1.jpg`, as tables made on Windows have it, to `cat/1.jpg`. */
const slashes = (path: string): string => (path === '' ? '' : posix.normalize(path.replaceAll('\\', '/')));

function entryOf(path: string, record: readonly string[], columns: Columns): DatasetEntry {
  const labels = (record[columns.labels] ?? '')
    .split('|')
    .map((label) => label.trim().normalize('NFC'))
    .filter((label) => label !== '');
  return {
    id: idOf(path),
    path,
    split: record[columns.split] || null,
    labels: columns.labels < 0 ? null : labels,
    truth: slashes(record[columns.truth] ?? '') || null,
  };
}
