import { floatOf, integerOf, longOf, rawUnicodeOf, stringLiteralOf } from './literals.js';
import type { Machine } from './machine.js';
import { isList, PickleError } from './values.js';

/** Last protocol there is. */
const MAX_PROTOCOL = 5;

/** What an opcode is called in Python's pickletools, and what it does. */
type Opcode = readonly [name: string, run: (machine: Machine) => void];

const protocol = (m: Machine): void => {
  const version = m.bytes.uint8();
  if (version > MAX_PROTOCOL) throw new PickleError(`it is of protocol ${version}; known are 0 to ${MAX_PROTOCOL}`);
};

/** `I01` and `I00` are how protocol 0 writes True and False. */
const textInteger = (m: Machine): void => {
  const line = m.bytes.line();
  m.push(line === '01' ? true : line === '00' ? false : integerOf(line));
};

const signedLength = (m: Machine): number => {
  const length = m.bytes.int32();
  if (length < 0) throw new PickleError('a length is negative');
  return length;
};

function append(m: Machine, items: unknown[]): void {
  const list = m.top();
  if (!isList(list)) throw new PickleError('it appends to what is no list');
  for (const item of items) list.push(item);
}

function setItems(m: Machine, items: unknown[]): void {
  const table = m.top();
  if (!(table instanceof Map)) throw new PickleError('it sets an item of what is no dictionary');
  fill(table, items);
}

function fill(table: Map<unknown, unknown>, items: readonly unknown[]): Map<unknown, unknown> {
  if (items.length % 2 === 1) throw new PickleError('a key of a dictionary has no value');
  for (let i = 0; i < items.length; i += 2) table.set(key(items[i]), items[i + 1]);
  return table;
}

function addItems(m: Machine, items: unknown[]): void {
  const set = m.top();
  if (!(set instanceof Set)) throw new PickleError('it adds to what is no set');
  for (const item of items) set.add(key(item));
}

/** The value, where Python could take it for a key. */
function key(value: unknown): unknown {
  if (isList(value) || value instanceof Map) throw new PickleError('a key is a list or a dictionary');
  return value;
}

const tuple = (m: Machine, length: number): void => {
  const items: unknown[] = new Array(length);
  for (let i = length - 1; i >= 0; i--) items[i] = m.pop();
  m.pushTuple(items);
};

const reduce = (m: Machine): void => {
  const args = m.pop();
  m.call(m.pop(), args);
};

const newObjectEx = (m: Machine): void => {
  const named = m.pop();
  if (!(named instanceof Map) || named.size > 0) throw new PickleError('it makes an object with named arguments');
  reduce(m);
};

const stackGlobal = (m: Machine): void => {
  const name = m.pop();
  const module = m.pop();
  if (typeof name !== 'string' || typeof module !== 'string') throw new PickleError('a name is no text');
  m.pushGlobal(module, name);
};

/** A copy: the file's buffer is not kept alive, and not shared, by what was read from it. */
const bytes = (m: Machine, count: number): void => {
  m.push(m.bytes.take(count).slice());
};

/**
 * Every opcode that is interpreted, by its byte. INST, OBJ, EXT1, EXT2, EXT4, NEXT_BUFFER and READONLY_BUFFER are left
 * out on purpose: data needs none of them. STOP is the caller's.
 */
export const opcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x80, ['PROTO', protocol]],
  [0x95, ['FRAME', (m) => void m.bytes.uint64()]],

  [0x28, ['MARK', (m) => m.mark()]],
  [0x30, ['POP', (m) => m.drop()]],
  [0x31, ['POP_MARK', (m) => void m.popMark()]],
  [0x32, ['DUP', (m) => m.push(m.top())]],

  [0x4e, ['NONE', (m) => m.push(null)]],
  [0x88, ['NEWTRUE', (m) => m.push(true)]],
  [0x89, ['NEWFALSE', (m) => m.push(false)]],
  [0x49, ['INT', textInteger]],
  [0x4a, ['BININT', (m) => m.push(m.bytes.int32())]],
  [0x4b, ['BININT1', (m) => m.push(m.bytes.uint8())]],
  [0x4d, ['BININT2', (m) => m.push(m.bytes.uint16())]],
  [0x4c, ['LONG', (m) => m.push(integerOf(m.bytes.line()))]],
  [0x8a, ['LONG1', (m) => m.push(longOf(m.bytes.take(m.bytes.uint8())))]],
  [0x8b, ['LONG4', (m) => m.push(longOf(m.bytes.take(signedLength(m))))]],
  [0x46, ['FLOAT', (m) => m.push(floatOf(m.bytes.line()))]],
  [0x47, ['BINFLOAT', (m) => m.push(m.bytes.float64())]],

  [0x53, ['STRING', (m) => m.push(stringLiteralOf(m.bytes.line()))]],
  [0x54, ['BINSTRING', (m) => m.push(m.bytes.latin1(signedLength(m)))]],
  [0x55, ['SHORT_BINSTRING', (m) => m.push(m.bytes.latin1(m.bytes.uint8()))]],
  [0x56, ['UNICODE', (m) => m.push(rawUnicodeOf(m.bytes.line()))]],
  [0x8c, ['SHORT_BINUNICODE', (m) => m.push(m.bytes.text(m.bytes.uint8()))]],
  [0x58, ['BINUNICODE', (m) => m.push(m.bytes.text(m.bytes.uint32()))]],
  [0x8d, ['BINUNICODE8', (m) => m.push(m.bytes.text(m.bytes.uint64()))]],
  [0x43, ['SHORT_BINBYTES', (m) => bytes(m, m.bytes.uint8())]],
  [0x42, ['BINBYTES', (m) => bytes(m, m.bytes.uint32())]],
  [0x8e, ['BINBYTES8', (m) => bytes(m, m.bytes.uint64())]],
  [0x96, ['BYTEARRAY8', (m) => bytes(m, m.bytes.uint64())]],

  [0x29, ['EMPTY_TUPLE', (m) => tuple(m, 0)]],
  [0x85, ['TUPLE1', (m) => tuple(m, 1)]],
  [0x86, ['TUPLE2', (m) => tuple(m, 2)]],
  [0x87, ['TUPLE3', (m) => tuple(m, 3)]],
  [0x74, ['TUPLE', (m) => m.pushTuple(m.popMark())]],
  [0x5d, ['EMPTY_LIST', (m) => m.pushList([])]],
  [0x6c, ['LIST', (m) => m.pushList(m.popMark())]],
  [0x61, ['APPEND', (m) => append(m, [m.pop()])]],
  [0x65, ['APPENDS', (m) => append(m, m.popMark())]],
  [0x7d, ['EMPTY_DICT', (m) => m.pushTable(new Map())]],
  [0x64, ['DICT', (m) => m.pushTable(fill(new Map(), m.popMark()))]],
  [0x73, ['SETITEM', (m) => setItems(m, [m.pop(), m.pop()].reverse())]],
  [0x75, ['SETITEMS', (m) => setItems(m, m.popMark())]],
  [0x8f, ['EMPTY_SET', (m) => m.pushTable(new Set())]],
  [0x90, ['ADDITEMS', (m) => addItems(m, m.popMark())]],
  [0x91, ['FROZENSET', (m) => m.pushTable(new Set(m.popMark().map(key)))]],

  [0x70, ['PUT', (m) => m.put(integerOf(m.bytes.line()))]],
  [0x71, ['BINPUT', (m) => m.put(m.bytes.uint8())]],
  [0x72, ['LONG_BINPUT', (m) => m.put(m.bytes.uint32())]],
  [0x94, ['MEMOIZE', (m) => m.put()]],
  [0x67, ['GET', (m) => m.get(integerOf(m.bytes.line()))]],
  [0x68, ['BINGET', (m) => m.get(m.bytes.uint8())]],
  [0x6a, ['LONG_BINGET', (m) => m.get(m.bytes.uint32())]],

  [0x63, ['GLOBAL', (m) => m.pushGlobal(m.bytes.line(), m.bytes.line())]],
  [0x93, ['STACK_GLOBAL', stackGlobal]],
  [0x52, ['REDUCE', reduce]],
  [0x81, ['NEWOBJ', reduce]],
  [0x92, ['NEWOBJ_EX', newObjectEx]],
  [0x62, ['BUILD', (m) => m.build(m.pop())]],
  [0x50, ['PERSID', (m) => m.pushPersistent(m.bytes.line())]],
  [0x51, ['BINPERSID', (m) => m.pushPersistent(m.pop())]],
]);
