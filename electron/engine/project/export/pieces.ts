/** A text as the one piece of a document. */
export async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}

/** Turns every item into text, with `between` in between, and something before and after. */
export async function* joined<Item>(
  before: string,
  items: AsyncIterable<Item>,
  textOf: (item: Item) => string,
  between: string,
  after: string,
): AsyncGenerator<string> {
  yield before;
  let first = true;
  for await (const item of items) {
    yield (first ? '' : between) + textOf(item);
    first = false;
  }
  yield after;
}

/** Characters of a block: large enough that writing costs little, small beside everything else in memory. */
const BLOCK = 2 ** 16;

/** The same text in larger pieces. */
export async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let block = '';
  for await (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    yield block;
    block = '';
  }
  yield block;
}
