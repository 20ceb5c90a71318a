/** What the first cell of a header may say; a photo is hardly called that. */
const PATH_HEADERS = [
  'path',
  'file',
  'filename',
  'file_name',
  'image',
  'photo',
  'id',
  'image_id',
  'image_name',
  'name',
];
const LABEL_HEADERS = ['labels', 'label', 'classes', 'class'];

/** Where in a line of a table what stands; -1 for what is not there. */
export interface Columns {
  /** The first column is the path or id. */
  labels: number;
  split: number;
  truth: number;
  /** Columns of a class each, with 1 where the image shows it, else 0. */
  classes: readonly { column: number; name: string }[];
}

/** Columns of a table without a header: all after the first are labels. */
export const plainColumns: Columns = { labels: 1, split: -1, truth: -1, classes: [] };

/**
 * The columns that a header names, or null where the line is no header. Where there is no column of labels, all but
 * `split` and `truth` are classes.
 */
export function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.toLowerCase());
  if (!PATH_HEADERS.includes(names[0])) return null;
  const labels = names.findIndex((name) => LABEL_HEADERS.includes(name));
  const [split, truth] = [names.indexOf('split'), names.indexOf('truth')];
  const isClass = (column: number): boolean =>
    column > 0 && column !== split && column !== truth && names[column] !== '';
  const classes = labels < 0 ? cells.map((cell, column) => ({ column, name: cell.normalize('NFC') })) : [];
  return { labels, split, truth, classes: classes.filter(({ column }) => isClass(column)) };
}

/** Whether a table with these columns tells of labels. */
export const haveLabels = ({ labels, classes }: Columns): boolean => labels >= 0 || classes.length > 0;

/**
 * Names in a line's column of labels (`cat|sofa`), in all cells after the first where there is no header, or of the
 * columns with a 1; or what is neither 0 nor 1 in such a column.
 */
export function labelsOfRow(cells: readonly string[], columns: Columns): { names: string[] } | { wrong: string } {
  if (columns.classes.length === 0) {
    const list = columns === plainColumns ? cells.slice(1) : cells.slice(columns.labels, columns.labels + 1);
    const names = list.flatMap((cell) => cell.split('|')).map((name) => name.trim().normalize('NFC'));
    return { names: names.filter((name) => name !== '') };
  }
  const names: string[] = [];
  for (const { column, name } of columns.classes) {
    const cell = cells[column] ?? '';
    if (!/^(0|1)?(\.0*)?$/.test(cell)) return { wrong: cell };
    if (cell.startsWith('1')) names.push(name);
  }
  return { names };
}
