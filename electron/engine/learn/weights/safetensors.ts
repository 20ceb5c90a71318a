import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import { weightsDamaged } from './damaged.js';
import { numberTypes } from './numberTypes.js';
import { sizeOf, type NamedArray, type NamedArrays } from './tensors.js';
import type { WeightFile } from './weightFile.js';

/** Contents of a .safetensors file. */
export interface Safetensors extends WeightFile {
  /** The `__metadata__` of the header: text by name. */
  metadata: Record<string, string>;
}

/** Bytes of the little-endian uint64 that gives the header's length. */
const LENGTH_BYTES = 8;
/** The format's own bound on the header; keeps a damaged length from being taken for one. */
const MAX_HEADER_BYTES = 100_000_000;
/** The data starts at a multiple of this, so that other programs can map it into memory. */
const ALIGNMENT = 8;
const METADATA = '__metadata__';

const naturalNumber = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(naturalNumber),
  data_offsets: z.tuple([naturalNumber, naturalNumber]),
});
/** Kept as parsed: a copy by schema would lose names such as `__proto__`. */
const metadataSchema = z.custom<Record<string, string>>(
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string'),
);
type Entry = z.infer<typeof entrySchema> & { name: string };

const damaged = (why: string, file?: string): StudioError => weightsDamaged({ kind: '.safetensors file', why, file });

/** The header's entries in the order of their data. */
function parseHeader(bytes: Uint8Array, file?: string): { entries: Entry[]; metadata: Record<string, string> } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('its header is not JSON', file);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw damaged('its header is not an object', file);
  const entries: Entry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    const parsed = (name === METADATA ? metadataSchema : entrySchema).safeParse(value);
    if (!parsed.success) throw damaged(`its header describes "${name}" wrongly`, file);
    if (name === METADATA) metadata = parsed.data as Record<string, string>;
    else entries.push({ name, ...(parsed.data as z.infer<typeof entrySchema>) });
  }
  entries.sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  return { entries, metadata };
}

/** Checks that the entries cover `length` bytes one after the other, without holes or overlap. */
function checkOffsets(entries: readonly Entry[], length: number, file?: string): void {
  let expected = 0;
  for (const { name, dtype, shape, data_offsets } of entries) {
    const [start, end] = data_offsets;
    if (start !== expected || end < start) throw damaged(`"${name}" does not follow the one before it`, file);
    if (end > length) throw damaged(`"${name}" ends after the end of the file`, file);
    if (!Object.hasOwn(numberTypes, dtype)) {
      throw new StudioError({
        code: 'weights-damaged',
        message: `"${name}" holds numbers of type ${dtype}, which cannot be read as weights`,
        file,
        remedy: `Save it as one of ${Object.keys(numberTypes).join(', ')}.`,
      });
    }
    if (end - start !== sizeOf(shape) * numberTypes[dtype].bytes)
      throw damaged(`"${name}" has not as many bytes as its shape says`, file);
    expected = end;
  }
  if (expected !== length) throw damaged(`${length - expected} bytes belong to no tensor`, file);
}

/**
 * Reads the bytes of a .safetensors file; every number type becomes float32. Throws `weights-damaged`, naming `file`,
 * for anything but a whole, valid file.
 */
export function decodeSafetensors(bytes: Uint8Array, file?: string): Safetensors {
  if (bytes.length < LENGTH_BYTES) throw damaged('it is too short', file);
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (headerBytes > BigInt(MAX_HEADER_BYTES)) throw damaged('its header is longer than the format allows', file);
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  if (dataStart > bytes.length) throw damaged('it ends within its header', file);
  const { entries, metadata } = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart), file);
  checkOffsets(entries, bytes.length - dataStart, file);
  const tensors: NamedArrays = new Map();
  const types = new Map<string, string>();
  for (const { name, dtype, shape, data_offsets } of entries) {
    const data = bytes.subarray(dataStart + data_offsets[0], dataStart + data_offsets[1]);
    tensors.set(name, { shape, data: numberTypes[dtype].toFloat32(data) });
    types.set(name, dtype);
  }
  return { tensors, types, metadata };
}

/**
 * The bytes of a .safetensors file with all tensors as F32. The same tensors and metadata give the same bytes in
 * whatever order they were put in.
 */
export function encodeSafetensors(tensors: NamedArrays, metadata: Record<string, string> = {}): Uint8Array {
  const byName = <T>([a]: [string, T], [b]: [string, T]): number => (a < b ? -1 : a > b ? 1 : 0);
  if (tensors.has(METADATA)) throw new Error(`a tensor cannot be called ${METADATA}`);
  const sorted = [...tensors].sort(byName);
  const header: [string, unknown][] = [];
  const metadataEntries = Object.entries(metadata).sort(byName);
  if (metadataEntries.length > 0) header.push([METADATA, Object.fromEntries(metadataEntries)]);
  let end = 0;
  for (const [name, { shape, data }] of sorted) {
    header.push([name, { dtype: 'F32', shape, data_offsets: [end, (end += data.byteLength)] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, LENGTH_BYTES);
  bytes.fill(0x20, LENGTH_BYTES + json.length, LENGTH_BYTES + headerBytes);
  let at = LENGTH_BYTES + headerBytes;
  for (const [, array] of sorted) at = putArray(bytes, array, at);
  return bytes;
}

function putArray(bytes: Uint8Array, { data }: NamedArray, at: number): number {
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
  return at + data.byteLength;
}
