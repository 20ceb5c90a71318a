import { isFailure } from '../format.js';
import { columnsOf, haveLabels, labelsOfRow, plainColumns, type Columns } from '../table/columns.js';
import { isTableName, tableRows as rowsOf } from '../table/rows.js';
import { damagedText } from '../strict-text.js';
import { LabelCollector, type Label, type LabelFile, type LabelReader } from './label-file.js';

/** A table with a line an image; a header is found out. */
export const tableRows: LabelReader = {
  name: 'a .csv or .tsv with lines "id,cat|sofa", or a column of 0 and 1 for each class',
  accepts: isTableName,
  read: readTable,
};

async function readTable(file: string): Promise<LabelFile> {
  const collector = new LabelCollector(file);
  let columns: Columns | null = null;
  for await (const row of rowsOf(file)) {
    if (isFailure(row)) {
      collector.failed(row);
      continue;
    }
    const { cells, line } = row;
    if (columns === null) {
      const named = columnsOf(cells);
      columns = named ?? plainColumns;
      if (!haveLabels(columns)) throw damagedText(file, 'its header names no column of labels and no classes');
      if (named) continue;
    }
    const found = labelsOfRow(cells, columns);
    const place = `line ${line}`;
    if ('names' in found) collector.add(cells[0], found.names.map(numberOrName), place);
    else collector.fail(cells[0], 'label-unknown', place, `${JSON.stringify(found.wrong.slice(0, 40))} is neither 0 nor 1`); // prettier-ignore
  }
  return collector.result();
}

/** Whole numbers are 0-based class numbers. */
const numberOrName = (label: string): Label => (/^\d{1,9}$/.test(label) ? Number(label) : label);
