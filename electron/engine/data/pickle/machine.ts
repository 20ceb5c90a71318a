import type { ByteReader } from './byte-reader.js';
import { Buildable, isTuple, PickleError, PickleGlobal, type PickleContext, type PickleGlobals } from './values.js';

/** What the caller allows beside plain values. */
export interface PickleOptions {
  /** Classes and functions that may be named; any other is refused. */
  globals: PickleGlobals;
  /** The object behind a persistent id, where the file's format has such. */
  persistent?: (id: unknown) => unknown;
}

/** Values that may wait on the stack. Python's pickler flushes containers by the thousand, so only a bomb needs more. */
const MAX_STACK = 250_000;
/** Bytes of memory a pickle may take for each byte of it, and on top. Label files of a million small arrays take 7. */
const MEMORY_PER_BYTE = 24;
const MEMORY_BESIDE = 2 ** 22;
/** Rough cost in bytes of an empty array, of an empty Map or Set, and of an entry of the memo. */
const ARRAY_COST = 48;
const TABLE_COST = 200;
const MEMO_COST = 48;

/** The stack machine of a pickle: values, marks and memo, all bounded. Opcodes are functions of it. */
export class Machine implements PickleContext {
  private readonly stack: unknown[] = [];
  /** Heights of the stack where marks were set. */
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, unknown>();
  private left: number;

  constructor(
    readonly bytes: ByteReader,
    readonly options: PickleOptions,
  ) {
    this.left = MEMORY_BESIDE + MEMORY_PER_BYTE * bytes.length;
  }

  spend(bytes: number): void {
    this.left -= bytes;
    if (!(this.left >= 0)) throw new PickleError('it would take far more memory than its size justifies');
  }

  push(value: unknown): void {
    if (this.stack.length >= MAX_STACK) throw new PickleError(`it keeps more than ${MAX_STACK} values waiting`);
    this.stack.push(value);
  }

  pushList(items: unknown[]): void {
    this.spend(ARRAY_COST);
    this.push(items);
  }

  pushTuple(items: unknown[]): void {
    this.spend(ARRAY_COST);
    this.push(Object.freeze(items));
  }

  pushTable(table: Map<unknown, unknown> | Set<unknown>): void {
    this.spend(TABLE_COST);
    this.push(table);
  }

  /** Values pushed since the last mark. */
  private get height(): number {
    return this.stack.length - (this.marks.at(-1) ?? 0);
  }

  pop(): unknown {
    if (this.height === 0) throw new PickleError('it takes a value where there is none');
    return this.stack.pop();
  }

  top(): unknown {
    if (this.height === 0) throw new PickleError('it takes a value where there is none');
    return this.stack.at(-1);
  }

  mark(): void {
    if (this.marks.length >= MAX_STACK) throw new PickleError(`it sets more than ${MAX_STACK} marks`);
    this.marks.push(this.stack.length);
  }

  popMark(): unknown[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw new PickleError('it goes back to a mark where there is none');
    return this.stack.splice(mark);
  }

  /** POP takes a mark away where nothing stands above it. */
  drop(): void {
    if (this.height === 0 && this.marks.length > 0) this.marks.pop();
    else this.pop();
  }

  /** Remembers the value on top under `index`, by default the next free one. */
  put(index: number | bigint = this.memo.size): void {
    if (typeof index !== 'number' || index < 0) throw new PickleError(`it remembers a value under ${index}`);
    this.spend(MEMO_COST);
    this.memo.set(index, this.top());
  }

  get(index: number | bigint): void {
    if (!this.memo.has(index as number)) throw new PickleError(`it recalls value ${index}, which it never remembered`);
    this.push(this.memo.get(index as number));
  }

  pushGlobal(module: unknown, name: unknown): void {
    const full = `${module}.${name}`;
    const global = this.options.globals.get(full);
    if (!global) throw new PickleError(`it asks for the Python object ${printable(full)}, which is not allowed`);
    this.push(global);
  }

  /** Calls a global as a function or class (`cls.__new__(cls, *args)` comes to the same here). */
  call(callee: unknown, args: unknown): void {
    if (!(callee instanceof PickleGlobal)) throw new PickleError('it calls what is no class or function');
    if (!callee.call) throw new PickleError(`it calls ${callee.name}`);
    if (!isTuple(args)) throw new PickleError(`the arguments of ${callee.name} are no tuple`);
    this.spend(TABLE_COST);
    this.push(callee.call(args, this));
  }

  build(state: unknown): void {
    const target = this.top();
    if (target instanceof Buildable) target.setState(state, this);
    // An OrderedDict with attributes, such as the `_metadata` of a PyTorch state dict: attributes are no contents.
    else if (!(target instanceof Map)) throw new PickleError('it gives a state to what can have none');
  }

  pushPersistent(id: unknown): void {
    if (!this.options.persistent) throw new PickleError('it refers to data outside of itself (a persistent id)');
    this.push(this.options.persistent(id));
  }
}

/** A name out of a hostile file, fit for a message. */
const printable = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name);
