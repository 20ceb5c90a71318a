import type { Comparison } from '../scores.js';

/** A stretch of a query, in characters. */
export interface Span {
  from: number;
  to: number;
}

/** What is wrong with a stretch of a query; the page has a text for each. */
export interface QueryError extends Span {
  code:
    | 'quote'
    | 'key'
    | 'value'
    | 'class'
    | 'negative'
    | 'twice'
    | 'mixed'
    | 'score'
    | 'number'
    | 'empty'
    | 'contradiction';
  /** The words in question. */
  value: string;
}

export interface Value extends Span {
  text: string;
  /** Written in quotation marks, wholly or in part: it stands for itself. */
  quoted: boolean;
}

/** One condition of a query, `-key:value,value` or `score.name<1`; a bare word has no key. */
export interface Term extends Span {
  negative: boolean;
  key: Value | null;
  sign: ':' | Comparison;
  values: Value[];
}

interface Character {
  letter: string;
  at: number;
  quoted: boolean;
}

const SIGNS = [':', '<=', '>=', '<', '>', '='] as const;

/** A query cut at blanks. In quotation marks everything stands for itself; `\` takes the next character as it is there. */
export function readTerms(text: string): { terms: Term[]; errors: QueryError[] } {
  const [terms, errors]: [Term[], QueryError[]] = [[], []];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at])) {
      at++;
      continue;
    }
    const from = at;
    const characters: Character[] = [];
    let open = -1;
    for (; at < text.length && (open >= 0 || !/\s/.test(text[at])); at++) {
      if (text[at] === '"') {
        open = open >= 0 ? -1 : at;
        // An empty value in quotation marks is a value.
        characters.push({ letter: '', at, quoted: true });
      } else {
        if (open >= 0 && text[at] === '\\' && at + 1 < text.length) at++;
        characters.push({ letter: text[at], at, quoted: open >= 0 });
      }
    }
    if (open >= 0) errors.push({ code: 'quote', from: open, to: at, value: text.slice(open, at) });
    else terms.push(termOf(characters, { from, to: at }));
  }
  return { terms, errors };
}

function termOf(characters: Character[], span: Span): Term {
  const negative = characters[0].letter === '-' && !characters[0].quoted && characters.length > 1;
  const own = negative ? characters.slice(1) : characters;
  const place = own.findIndex(({ letter, quoted }) => !quoted && ':<>='.includes(letter));
  if (place < 0) return { ...span, negative, key: null, sign: ':', values: [valueOf(own, span.to)] };
  const two = own[place].letter + (own[place + 1]?.quoted === false ? own[place + 1].letter : '');
  const sign = SIGNS.find((one) => one === two) ?? SIGNS.find((one) => one === own[place].letter)!;
  const rest = own.slice(place + sign.length);
  const cuts = rest.flatMap(({ letter, quoted }, i) => (letter === ',' && !quoted && sign === ':' ? [i] : []));
  const values = [...cuts, rest.length].map((to, i) => {
    const end = rest[to]?.at ?? span.to;
    return valueOf(rest.slice(i === 0 ? 0 : cuts[i - 1] + 1, to), end);
  });
  return { ...span, negative, key: valueOf(own.slice(0, place), own[place].at), sign, values };
}

const valueOf = (characters: readonly Character[], end: number): Value => ({
  text: characters.map(({ letter }) => letter).join(''),
  quoted: characters.some(({ quoted }) => quoted),
  from: characters[0]?.at ?? end,
  to: end,
});
