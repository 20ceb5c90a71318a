import { PickleError } from './values.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LINE_FEED = 10;

/** Reads a pickle's bytes from front to back; every length is held against what is left before anything is made. */
export class ByteReader {
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    // Never a Buffer, whose `slice` is no copy.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Moves past `count` bytes and returns where they begin. */
  private skip(count: number): number {
    if (count > this.bytes.length - this.at) throw new PickleError(`it ends early (at byte ${this.bytes.length})`);
    const start = this.at;
    this.at += count;
    return start;
  }

  uint8 = (): number => this.bytes[this.skip(1)];
  uint16 = (): number => this.view.getUint16(this.skip(2), true);
  uint32 = (): number => this.view.getUint32(this.skip(4), true);
  int32 = (): number => this.view.getInt32(this.skip(4), true);
  /** Big-endian, as pickles have it. */
  float64 = (): number => this.view.getFloat64(this.skip(8), false);

  /** A length of eight bytes. */
  uint64(): number {
    const length = this.view.getBigUint64(this.skip(8), true);
    if (length > BigInt(this.bytes.length)) throw new PickleError(`it tells of ${length} bytes and has fewer`);
    return Number(length);
  }

  /** A view of the next bytes, not a copy. */
  take(count: number): Uint8Array {
    const start = this.skip(count);
    return this.bytes.subarray(start, start + count);
  }

  text(count: number): string {
    try {
      return utf8.decode(this.take(count));
    } catch (error) {
      if (error instanceof PickleError) throw error;
      throw new PickleError('a text is not UTF-8', { cause: error });
    }
  }

  latin1(count: number): string {
    const bytes = this.take(count);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }

  /** The bytes up to the next line feed, which is passed by, as Latin-1. */
  line(): string {
    const end = this.bytes.indexOf(LINE_FEED, this.at);
    if (end < 0) throw new PickleError('it ends within a line');
    const line = this.latin1(end - this.at);
    this.at += 1;
    return line;
  }
}
