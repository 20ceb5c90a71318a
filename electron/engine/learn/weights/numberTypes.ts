/** A number type of weight files: its width in bytes and how `count` of them, little-endian, become float32. */
export interface NumberType {
  bytes: number;
  toFloat32(bytes: Uint8Array): Float32Array;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function convert(width: number, at: (view: DataView, offset: number) => number): NumberType {
  return {
    bytes: width,
    toFloat32(bytes) {
      const from = view(bytes);
      return Float32Array.from({ length: bytes.byteLength / width }, (_, i) => at(from, i * width));
    },
  };
}

const float32: NumberType = {
  bytes: 4,
  // A copy (Buffer's own `slice` makes none): bytes of a file seldom start at a multiple of four.
  toFloat32: (bytes) => new Float32Array(new Uint8Array(bytes).buffer),
};

/** IEEE 754 half precision: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16 is the upper half of a float32. */
function bfloatToNumber(bits: number): number {
  scratch.setUint16(2, bits, true);
  return scratch.getFloat32(0, true);
}

/** The number types that weights come in, by the safetensors format's names. All become float32. */
export const numberTypes: Readonly<Record<string, NumberType>> = {
  F32: float32,
  F64: convert(8, (from, at) => from.getFloat64(at, true)),
  F16: convert(2, (from, at) => halfToNumber(from.getUint16(at, true))),
  BF16: convert(2, (from, at) => bfloatToNumber(from.getUint16(at, true))),
  I64: convert(8, (from, at) => Number(from.getBigInt64(at, true))),
  I32: convert(4, (from, at) => from.getInt32(at, true)),
  I16: convert(2, (from, at) => from.getInt16(at, true)),
  I8: convert(1, (from, at) => from.getInt8(at)),
  U64: convert(8, (from, at) => Number(from.getBigUint64(at, true))),
  U32: convert(4, (from, at) => from.getUint32(at, true)),
  U16: convert(2, (from, at) => from.getUint16(at, true)),
  U8: convert(1, (from, at) => from.getUint8(at)),
  BOOL: convert(1, (from, at) => from.getUint8(at)),
};
