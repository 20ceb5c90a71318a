import { StudioError } from '../../../../../shared/errors.js';

/** An object in one of the arrays at the top level of a JSON file: `{"images": [{...}, ...]}`. */
export interface JsonElement {
  /** Name of the array. */
  key: string;
  /** Byte of the file at which it begins. */
  start: number;
  bytes: Buffer;
}

/** Most bytes of one element: the runs of a mask as large as a photo may be take less. */
const MAX_ELEMENT = 2 ** 26;
/** Most bytes of a name at the top level. */
const MAX_KEY = 2 ** 10;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = Buffer.from('"\\[]{}');
/** 1 for the bytes outside strings that change where one is. */
const structural = new Uint8Array(256);
for (const sign of [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE]) structural[sign] = 1;

/** Finds elements in bytes that come a chunk at a time; knows brackets and strings, and checks nothing else. */
export class ElementScanner {
  readonly #file: string;
  /** Bytes seen. */
  #offset = 0;
  /** Bytes of earlier chunks that belong to an element or name that goes on. */
  #kept: Buffer = Buffer.alloc(0);
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Latest string at the top level, and whether what it names is an array. */
  #key = '';
  #listed = false;
  /** Places of the name and of the element that are being read, or -1. */
  #keyStart = -1;
  #start = -1;

  constructor(file: string) {
    this.#file = file;
  }

  /** Elements that end in this chunk. Throws `file-damaged`. */
  *push(chunk: Buffer): Generator<JsonElement> {
    const bytes = this.#kept.length > 0 ? Buffer.concat([this.#kept, chunk]) : chunk;
    const base = this.#offset - this.#kept.length;
    for (let i = this.#kept.length; i < bytes.length; i++) {
      const byte = bytes[i];
      if (this.#inString) this.#insideString(bytes, i, base);
      else if (structural[byte] === 0) continue;
      else if (byte === QUOTE) {
        this.#inString = true;
        if (this.#depth === 1) this.#keyStart = base + i + 1;
      } else if (byte === OPEN || byte === OPEN_LIST) this.#open(byte, base + i);
      else if (--this.#depth < 0) throw this.#damaged(`has a bracket too many at byte ${base + i}`);
      else if (this.#depth === 2 && this.#start >= 0) {
        yield { key: this.#key, start: this.#start, bytes: bytes.subarray(this.#start - base, i + 1) };
        this.#start = -1;
      }
    }
    this.#offset += chunk.length;
    this.#keep(bytes, base);
  }

  /** To be called after the last chunk. Throws `file-damaged` where the file is cut off. */
  end(): void {
    if (this.#depth === 0 && this.#offset > 0) return;
    throw this.#damaged(`is cut off after ${this.#offset} bytes${this.#key ? `, inside "${this.#key}"` : ''}`);
  }

  #insideString(bytes: Buffer, i: number, base: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (bytes[i] === BACKSLASH) this.#escaped = true;
    else if (bytes[i] === QUOTE) {
      this.#inString = false;
      if (this.#keyStart >= 0) this.#key = bytes.toString('utf8', this.#keyStart - base, i);
      this.#keyStart = -1;
    }
  }

  #open(byte: number, at: number): void {
    this.#depth += 1;
    if (this.#depth === 1 && byte !== OPEN) throw this.#damaged('is a list, not an object with images and annotations');
    if (this.#depth === 2) this.#listed = byte === OPEN_LIST;
    if (this.#depth === 3 && this.#listed && byte === OPEN) this.#start = at;
  }

  #keep(bytes: Buffer, base: number): void {
    const from = this.#start >= 0 ? this.#start : this.#keyStart;
    // Copied, so that the rest of the chunk can go.
    this.#kept = from >= 0 ? Buffer.from(bytes.subarray(from - base)) : Buffer.alloc(0);
    if (this.#kept.length <= (this.#start >= 0 ? MAX_ELEMENT : MAX_KEY)) return;
    throw this.#damaged(`holds something too long at byte ${from}`);
  }

  #damaged(why: string): StudioError {
    const [file, remedy] = [this.#file, 'Get or export the file again.'];
    return new StudioError({ code: 'file-damaged', message: `${file} ${why}`, file, remedy });
  }
}
