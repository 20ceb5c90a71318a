import { globalsOf, isList, PickleError, PickleGlobal, type PickleContext } from './values.js';

/** Rough cost in bytes of an entry of a Map or Set. */
const ENTRY_COST = 48;

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 write bytes. */
function encode([text, encoding, ...rest]: readonly unknown[], context: PickleContext): Uint8Array {
  const known = encoding === 'latin1' || encoding === 'latin-1';
  if (typeof text !== 'string' || !known || rest.length > 0 || /[^\0-\xff]/.test(text))
    throw new PickleError('bytes are written in an unknown way');
  context.spend(text.length);
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

function emptyBytes(args: readonly unknown[]): Uint8Array {
  if (args.length > 0) throw new PickleError('bytes are written in an unknown way');
  return new Uint8Array();
}

/** Items of a set or pairs of a dictionary, given as the only argument, or none. */
function itemsOf(args: readonly unknown[], context: PickleContext): readonly unknown[] {
  const [items = []] = args;
  if (args.length > 1 || !Array.isArray(items))
    throw new PickleError('a set or dictionary is written in an unknown way');
  context.spend(items.length * ENTRY_COST);
  return items;
}

const set = (args: readonly unknown[], context: PickleContext): Set<unknown> => {
  const items = itemsOf(args, context);
  if (items.some(isList)) throw new PickleError('a key is a list or a dictionary');
  return new Set(items);
};

function orderedDict(args: readonly unknown[], context: PickleContext): Map<unknown, unknown> {
  const pairs = itemsOf(args, context);
  const arePairs = pairs.every((pair): pair is [unknown, unknown] => Array.isArray(pair) && pair.length === 2);
  if (!arePairs) throw new PickleError('an OrderedDict is written in an unknown way');
  return new Map(pairs);
}

/** Python 3 writes `__builtin__` for the sake of Python 2 up to protocol 2. */
const builtin = (name: string, call: PickleGlobal['call']): PickleGlobal[] =>
  ['builtins', '__builtin__'].map((module) => new PickleGlobal(`${module}.${name}`, call));

/** What Python itself writes plain values with: bytes, sets and ordered dictionaries in the protocols that lack an opcode. */
export const pythonGlobals = globalsOf(
  new PickleGlobal('_codecs.encode', encode),
  new PickleGlobal('collections.OrderedDict', orderedDict),
  ...builtin('bytes', emptyBytes),
  ...builtin('set', set),
  ...builtin('frozenset', set),
);
