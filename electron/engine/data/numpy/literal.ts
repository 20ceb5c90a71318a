/** Levels of brackets in a header; numpy writes two. */
const MAX_DEPTH = 8;

/**
 * Value of a Python literal as headers of .npy files are: strings without escapes, whole numbers, True, False, None,
 * tuples and lists (arrays), dictionaries (Map). It is parsed, never evaluated. Throws SyntaxError for anything else.
 */
export function parseLiteral(text: string): unknown {
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`not a plain literal at character ${at + 1}`);
  };
  const skipBlanks = (): void => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  /** Moves past what the sticky pattern matches here, and returns its first group. */
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found ? found[1] : null;
  };

  function items(close: string, item: () => void): boolean {
    let commas = 0;
    for (at += 1; ; at += 1, commas += 1) {
      skipBlanks();
      if (text[at] === close) break;
      item();
      skipBlanks();
      if (text[at] !== ',') break;
    }
    if (text[at] !== close) fail();
    at += 1;
    return commas > 0;
  }

  function sequence(close: string, depth: number): unknown {
    const values: unknown[] = [];
    const hasComma = items(close, () => values.push(value(depth)));
    return close === ')' && values.length === 1 && !hasComma ? values[0] : values;
  }

  function dictionary(depth: number): Map<unknown, unknown> {
    const table = new Map<unknown, unknown>();
    items('}', () => {
      const key = value(depth);
      skipBlanks();
      if (text[at] !== ':') fail();
      at += 1;
      if (table.has(key)) fail();
      table.set(key, value(depth));
    });
    return table;
  }

  function value(depth: number): unknown {
    skipBlanks();
    if (depth > MAX_DEPTH) fail();
    if (text[at] === '(') return sequence(')', depth + 1);
    if (text[at] === '[') return sequence(']', depth + 1);
    if (text[at] === '{') return dictionary(depth + 1);
    const string = take(/'([^'\\\n]*)'/y) ?? take(/"([^"\\\n]*)"/y);
    if (string !== null) return string;
    // Python 2 wrote long numbers with an L.
    const number = take(/(-?\d{1,15})L?(?![\w.])/y);
    if (number !== null) return Number(number);
    const word = take(/(True|False|None)(?!\w)/y);
    if (word === null) fail();
    return word === 'None' ? null : word === 'True';
  }

  const result = value(0);
  skipBlanks();
  return at === text.length ? result : fail();
}
