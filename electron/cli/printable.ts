/** Control characters, invisible ones that turn text round or hide it, line separators, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/** A name that comes from files, safe to print: what would act on a terminal is shown as `\u{1b}`. */
export const printable = (name: string): string =>
  name.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** The same for text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');
