import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { StudioError } from '../../../../../shared/errors.js';
import type { Failure } from '../../../../../shared/types.js';
import { damagedText, strictDecoder } from '../strict-text.js';
import { fileSize, readError } from '../text.js';

/** A line of a table; its cells are trimmed. */
export interface Row {
  line: number;
  cells: string[];
}

/** Characters of the longest line; one without an end, in a file that is no table, would fill memory. */
const MAX_LINE = 2 ** 20;

/** Wrong quotes that are looked at in one line: each costs the parser as much time as the line is long. */
const MAX_WRONG = 100;
/** Characters of what is said of a broken line: the parser quotes the whole cell. */
const MAX_REASON = 200;

/** What may stand between the cells of a line. */
const DELIMITERS = ['\t', ',', ';'] as const;

/** Whether a file is taken for a table, by its name. */
export const isTableName = (file: string): boolean => /\.(csv|tsv)$/i.test(file);

/**
 * Lines of a CSV or TSV file (RFC 4180), one at a time, without keeping them. The delimiter is the one that stands in the
 * first line most often; the name of a .tsv decides by itself. A line that is broken comes as a Failure.
 * @throws StudioError file-missing, file-unreadable, file-damaged (no text in UTF-8, or a line without an end)
 */
export async function* tableRows(file: string): AsyncGenerator<Row | Failure> {
  const pieces = textOf(file);
  const first = await pieces.next();
  if (first.done) return;
  const delimiter = /\.tsv$/i.test(file) ? '\t' : delimiterOf(first.value);
  const broken: Failure[] = [];
  let [brokenLine, wrong] = [0, 0];
  const parser = parse({
    delimiter,
    trim: true,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_LINE,
    on_skip(error) {
      // One line may be broken in several places.
      const line = Number(error?.lines ?? 0);
      const reason = `line ${line}: ${(error?.message ?? 'it is no line of a table').slice(0, MAX_REASON)}`;
      wrong = line === brokenLine ? wrong + 1 : 1;
      if (wrong === 1) broken.push({ file, code: 'file-damaged', reason, action: 'line left out' });
      if (wrong > MAX_WRONG) throw damagedText(file, `line ${line} is broken in more than ${MAX_WRONG} places`);
      brokenLine = line;
    },
  });
  const source = Readable.from(followedBy(first.value, pieces)).on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield* broken.splice(0);
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw damagedText(file, (error as Error).message);
  } finally {
    source.destroy();
  }
  yield* broken;
}

/** The file's text, a piece at a time; the first piece holds the first line, or most of it. */
async function* textOf(file: string): AsyncGenerator<string> {
  const decode = strictDecoder(file);
  await fileSize(file);
  try {
    for await (const piece of createReadStream(file)) {
      const text = decode(piece as Buffer);
      if (text !== '') yield text;
    }
  } catch (error) {
    throw error instanceof StudioError ? error : readError(file, error as NodeJS.ErrnoException);
  }
  decode();
}

async function* followedBy(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** The delimiter that the first line with something in it has most of, outside of quotes; a comma where it has none. */
function delimiterOf(text: string): string {
  const line = text.replace(/"[^"]*"/g, '').split(/[\r\n]+/).find((one) => one.trim() !== '') ?? ''; // prettier-ignore
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? ',' : DELIMITERS[counts.indexOf(most)];
}
