import { Reader } from 'protobufjs/minimal.js';
import { refusalOf, type Refuse } from './damaged.js';
import { besideFile, readWhole, withFile } from './files.js';
import { numberTypes } from './numberTypes.js';
import { sizeOf, type NamedArray } from './tensors.js';
import type { WeightFile } from './weightFile.js';

/** Field numbers of onnx.proto that lead to initialisers; all others are skipped. */
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const FIELD = { dims: 1, dataType: 2, floats: 4, ints: 5, longs: 7, name: 8, raw: 9, doubles: 10, external: 13 };

/** TensorProto.DataType and the same type by the safetensors format's names. */
const typeNames: Readonly<Record<number, string>> = {
  1: 'F32',
  2: 'U8',
  3: 'I8',
  4: 'U16',
  5: 'I16',
  6: 'I32',
  7: 'I64',
  9: 'BOOL',
  10: 'F16',
  11: 'F64',
  12: 'U32',
  13: 'U64',
  16: 'BF16',
};

/** Fields with numbers of a fixed width hold the same bytes as `raw`; the width of each. */
const fixedWidth: Readonly<Record<number, number>> = { [FIELD.floats]: 4, [FIELD.doubles]: 8 };

/** A TensorProto as it is in the file. */
interface Initialiser {
  name: string;
  shape: number[];
  dataType: number;
  /** Pieces of little-endian numbers, from `raw_data` or a field of fixed width. */
  pieces: Uint8Array[];
  /** Values of `int32_data` or `int64_data`, which are varints. */
  varints: number[];
  /** Keys and values of `external_data`. */
  external: Map<string, string>;
}

const WIRE_BYTES = 2;
/** Integers in lists of varints are shapes and the like; weights lie in fields of fixed width, which take less memory. */
const MAX_VARINTS = 2 ** 24;

/** Reads a repeated varint field, packed or one at a time. */
function readVarints(reader: Reader, wire: number, into: number[]): void {
  const from = wire === WIRE_BYTES ? Reader.create(reader.bytes()) : reader;
  while (from.pos < from.len) {
    if (into.length === MAX_VARINTS) throw new RangeError('it lists too many integers');
    into.push(Number(from.int64()));
    if (from === reader) return;
  }
}

/** A StringStringEntryProto: a key and its value. */
function readEntry(bytes: Uint8Array): [string, string] {
  const reader = Reader.create(bytes);
  const texts = ['', ''];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1 || tag >>> 3 === 2) texts[(tag >>> 3) - 1] = reader.string();
    else reader.skipType(tag & 7);
  }
  return [texts[0], texts[1]];
}

function readInitialiser(bytes: Uint8Array): Initialiser {
  const reader = Reader.create(bytes);
  const read: Initialiser = { name: '', shape: [], dataType: 0, pieces: [], varints: [], external: new Map() };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const [field, wire] = [tag >>> 3, tag & 7];
    if (field === FIELD.dims) readVarints(reader, wire, read.shape);
    else if (field === FIELD.ints || field === FIELD.longs) readVarints(reader, wire, read.varints);
    else if (field === FIELD.dataType) read.dataType = reader.uint32();
    else if (field === FIELD.name) read.name = reader.string();
    else if (field === FIELD.external) read.external.set(...readEntry(reader.bytes()));
    else if (wire === WIRE_BYTES && (field === FIELD.raw || field in fixedWidth)) read.pieces.push(reader.bytes());
    else if (field in fixedWidth) {
      read.pieces.push(bytes.subarray(reader.pos, reader.pos + fixedWidth[field]));
      reader.skip(fixedWidth[field]);
    } else reader.skipType(wire);
  }
  return read;
}

/** The initialisers of a ModelProto. Throws protobufjs' errors where the bytes are none. */
function* initialisersOf(model: Uint8Array): Generator<Initialiser> {
  const reader = Reader.create(model);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== MODEL_GRAPH * 8 + WIRE_BYTES) {
      reader.skipType(tag & 7);
      continue;
    }
    const graph = Reader.create(reader.bytes());
    while (graph.pos < graph.len) {
      const inner = graph.uint32();
      if (inner === GRAPH_INITIALIZER * 8 + WIRE_BYTES) yield readInitialiser(graph.bytes());
      else graph.skipType(inner & 7);
    }
  }
}

/** What decoding an initialiser needs to know of its model. */
interface Model {
  file: string;
  refuse: Refuse;
  /** Bytes taken so far of each file of external data: tensors do not share them, or a small file could fill the memory. */
  taken: Map<string, number>;
}

/** The numbers of a tensor that lie in a file of their own, beside the model. */
async function readExternal({ name, external }: Initialiser, bytes: number, model: Model): Promise<Uint8Array> {
  const location = besideFile(model.file, external.get('location') ?? '');
  return withFile(location, 'file of external data', ({ read, size, refuse }) => {
    const length = Number(external.get('length') ?? bytes);
    if (length !== bytes) throw refuse(`"${name}" has ${length} bytes where its shape says ${bytes}`);
    const taken = (model.taken.get(location) ?? 0) + bytes;
    if (taken > size) throw refuse('it is shorter than the tensors in it together');
    model.taken.set(location, taken);
    return read(Number(external.get('offset') ?? 0), bytes);
  });
}

async function decode(read: Initialiser, model: Model): Promise<{ array: NamedArray; type: string }> {
  const { refuse } = model;
  const { name, shape, dataType, pieces, varints, external } = read;
  const type = typeNames[dataType];
  if (!type) throw refuse(`"${name}" holds numbers of type ${dataType}, which are no weights`);
  const numbers = sizeOf(shape);
  if (!shape.every((length) => length >= 0) || !Number.isSafeInteger(numbers)) {
    throw refuse(`"${name}" has the shape [${shape}]`);
  }
  const { bytes: width, toFloat32 } = numberTypes[type];
  const wrongSize = (): Error => refuse(`"${name}" has not as many numbers as its shape says`);
  if (varints.length > 0 && type !== 'F16' && type !== 'BF16') {
    if (varints.length !== numbers) throw wrongSize();
    return { array: { shape, data: Float32Array.from(varints) }, type };
  }
  // Half floats in `int32_data` are their bits, one in each number.
  if (varints.length > 0) pieces.push(new Uint8Array(Uint16Array.from(varints).buffer));
  const raw = external.size > 0 ? await readExternal(read, numbers * width, model) : Buffer.concat(pieces);
  if (raw.length !== numbers * width) throw wrongSize();
  return { array: { shape, data: toFloat32(raw) }, type };
}

/**
 * Reads the initialisers of an ONNX model, which are its weights; the graph is passed over. Names and layouts are the
 * exporter's: PyTorch's names where it kept them, kernels [out,in,height,width]. External data is read from files inside
 * the model's folder. Throws `file-missing`, `weights-damaged` or `path-outside`.
 */
export async function readOnnx(file: string): Promise<WeightFile> {
  const refuse = refusalOf('ONNX model', file);
  const bytes = await readWhole(file);
  let initialisers: Initialiser[];
  try {
    initialisers = [...initialisersOf(bytes)];
  } catch (error) {
    throw refuse((error as Error).message, error);
  }
  if (initialisers.length === 0) throw refuse('it has no initialisers');
  const model: Model = { file, refuse, taken: new Map() };
  const read: WeightFile = { tensors: new Map(), types: new Map() };
  for (const initialiser of initialisers) {
    const { name } = initialiser;
    if (read.tensors.has(name)) throw refuse(`"${name}" comes twice`);
    const { array, type } = await decode(initialiser, model);
    read.tensors.set(name, array);
    read.types.set(name, type);
  }
  return read;
}
