/** A column of a table for the terminal. */
export interface Column {
  title: string;
  align: 'left' | 'right';
}

/** Columns a string takes: East Asian wide characters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|[\u3000-\u303f\uff01-\uff60]/u.test(
        character,
      )
        ? 2
        : 1;
  return width;
}

/** Rows as aligned text, a line a row, two blanks between columns. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => widthOf(line[at]))));
  return lines.map((line) =>
    line
      .map((cell, at) => {
        const blanks = ' '.repeat(widths[at] - widthOf(cell));
        return columns[at].align === 'right' ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}
