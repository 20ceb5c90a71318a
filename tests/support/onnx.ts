/** A varint of Protocol Buffers. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

type Content = number | string | Uint8Array;

/** One field of a message: a number as a varint, text and messages with their length. */
function field(number: number, content: Content): Uint8Array {
  if (typeof content === 'number') return Uint8Array.from([...varint(number * 8), ...varint(content)]);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return Buffer.concat([Uint8Array.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
}

/** A message of fields, each [number, content]; numbers as in onnx.proto. */
export const message = (...fields: Fields): Uint8Array =>
  Buffer.concat(fields.map(([number, content]) => field(number, content)));

/** Fields with their number: the parts of `message`. */
export type Fields = [number: number, content: Content][];

const FLOAT = 1;
const INTS = 7;

/** ValueInfoProto: a float32 tensor of that shape. */
function port(name: string, shape: readonly number[]): Uint8Array {
  const dims = shape.map((size): [number, Content] => [1, message([1, size])]);
  return message([1, name], [2, message([1, message([1, FLOAT], [2, message(...dims)])])]);
}

/**
 * The bytes of an ONNX model that declares a picture [1,channels,size,size] and gives the mean of its channels
 * [1,1,size,size]. `rigid`: its layers take no other size than the declared one.
 */
export function meanModel(size: number, { channels = 3, rigid = false } = {}): Uint8Array {
  const shape = [1, channels, size, size];
  const zeros = message(
    ...shape.map((n): [number, Content] => [1, n]),
    [2, FLOAT],
    [8, 'zeros'],
    [9, new Uint8Array(4 * channels * size * size)],
  );
  const axes = message([1, 'axes'], [8, 1], [20, INTS]);
  const nodes: [number, Content][] = rigid
    ? [
        [1, message([1, 'picture'], [1, 'zeros'], [2, 'same'], [4, 'Add'])],
        [1, message([1, 'same'], [2, 'map'], [4, 'ReduceMean'], [5, axes])],
      ]
    : [[1, message([1, 'picture'], [2, 'map'], [4, 'ReduceMean'], [5, axes])]];
  const graph = message(
    ...nodes,
    [2, 'mean'],
    ...(rigid ? [[5, zeros] as [number, Content]] : []),
    [11, port('picture', shape)],
    [12, port('map', [1, 1, size, size])],
  );
  return message([1, 8], [8, message([1, ''], [2, 13])], [7, graph]);
}

/** The bytes of an ONNX model with these initialisers: each the fields of a TensorProto. */
export const modelOf = (...initialisers: Fields[]): Uint8Array =>
  message([1, 8], [7, message([2, 'weights'], ...initialisers.map((fields): Fields[0] => [5, message(...fields)]))]);

/** Little-endian float32. */
export const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

/** The fields of a float32 tensor whose numbers are `raw_data`. */
export const rawFloats = (name: string, shape: readonly number[], values: readonly number[]): Fields => [
  ...shape.map((size): Fields[0] => [1, size]),
  [2, FLOAT],
  [8, name],
  [9, floats(...values)],
];
