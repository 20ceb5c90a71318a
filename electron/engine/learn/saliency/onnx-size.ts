/**
 * Exported networks often declare one input size although every layer would take others. Here the declaration alone is
 * taken back, in the bytes of the file (Protocol Buffers; message and field names as in onnx.proto).
 */

/** ModelProto.graph; GraphProto.input, .output; ValueInfoProto.type; TypeProto.tensor_type; Tensor.shape; .dim. */
const FIELD = { graph: 7, input: 11, output: 12, type: 2, tensorType: 1, shape: 2, dim: 1, dimValue: 1, dimParam: 2 };
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 };

/** One field of a message: its number, where it begins (with its tag), and where its content lies. */
interface Field {
  number: number;
  begin: number;
  start: number;
  end: number;
}

/** Reads a varint at `at`: its value and where it ends. */
function varint(bytes: Uint8Array, at: number): [value: number, end: number] {
  let [value, factor] = [0, 1];
  for (let i = at; i < bytes.length; i++, factor *= 128) {
    value += (bytes[i] & 127) * factor;
    if (bytes[i] < 128) return [value, i + 1];
  }
  throw new RangeError('cut off');
}

function* fieldsOf(bytes: Uint8Array, { start, end }: Pick<Field, 'start' | 'end'>): Generator<Field> {
  for (let at = start; at < end;) {
    const begin = at;
    const [tag, afterTag] = varint(bytes, at);
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    let content = afterTag;
    if (wire === WIRE.varint) [, at] = varint(bytes, afterTag);
    else if (wire === WIRE.fixed64) at = afterTag + 8;
    else if (wire === WIRE.fixed32) at = afterTag + 4;
    else if (wire === WIRE.bytes) {
      const [length, afterLength] = varint(bytes, afterTag);
      [content, at] = [afterLength, afterLength + length];
    } else throw new RangeError(`wire type ${wire}`);
    if (at > end) throw new RangeError('cut off');
    yield { number, begin, start: content, end: at };
  }
}

/** Every field that is reached by following `path` from `message`, one number a level. */
function* follow(bytes: Uint8Array, message: Pick<Field, 'start' | 'end'>, path: number[]): Generator<Field> {
  const [next, ...rest] = path;
  for (const field of fieldsOf(bytes, message)) {
    if (field.number !== next) continue;
    if (rest.length === 0) yield field;
    else yield* follow(bytes, field, rest);
  }
}

/**
 * A copy of an ONNX model that declares height and width of its pictures (dimensions 2 and 3 of inputs and outputs) as
 * open. A size is overwritten by a name of the same length, so that nothing else moves. Throws RangeError where the bytes
 * are no such file. Whether the layers take another size shows only when the model runs.
 */
export function withOpenSize(model: Uint8Array): Uint8Array {
  // Not slice(): of a Buffer that is no copy.
  const open = Uint8Array.from(model);
  const whole = { start: 0, end: model.length };
  for (const ports of [FIELD.input, FIELD.output]) {
    for (const shape of follow(model, whole, [FIELD.graph, ports, FIELD.type, FIELD.tensorType, FIELD.shape])) {
      const dims = [...follow(model, shape, [FIELD.dim])];
      for (const [axis, name] of [
        [2, 'H'],
        [3, 'W'],
      ] as const) {
        if (dims.length !== 4) continue;
        for (const size of follow(model, dims[axis], [FIELD.dimValue])) {
          open[size.begin] = FIELD.dimParam * 8 + WIRE.bytes;
          open[size.begin + 1] = size.end - size.begin - 2;
          open.fill(name.charCodeAt(0), size.begin + 2, size.end);
        }
      }
    }
  }
  return open;
}
