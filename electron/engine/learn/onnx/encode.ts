import { Writer } from 'protobufjs/minimal.js';

/** Field numbers of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), by message. */
const MODEL = { irVersion: 1, producer: 2, graph: 7, opset: 8, metadata: 14 };
const OPSET = { domain: 1, version: 2 };
const ENTRY = { key: 1, value: 2 };
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 };
const NODE = { input: 1, output: 2, name: 3, type: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, float: 2, int: 3, string: 4, ints: 8, type: 20 };
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 };
const VALUE = { name: 1, type: 2 };
const TYPE = { tensor: 1 };
const TENSOR_TYPE = { element: 1, shape: 2 };
const SHAPE = { dim: 1 };
const DIM = { value: 1, parameter: 2 };

/** AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 };
/** TensorProto.DataType. */
export const elementTypes = { float32: 1, int64: 7 } as const;

/** Version of the format, and of the set of operators: read by every ONNX Runtime since 1.11 (2022). */
const IR_VERSION = 8;
const OPERATORS = 13;

export type OnnxAttribute = { float: number } | { int: number } | { string: string } | { ints: readonly number[] };

export interface OnnxNode {
  type: string;
  inputs: readonly string[];
  output: string;
  attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxTensor {
  name: string;
  shape: readonly number[];
  type: keyof typeof elementTypes;
  /** Little-endian numbers. */
  bytes: Uint8Array;
}

/** A float32 input or output; a text stands for a length that may differ from run to run. */
export interface OnnxPort {
  name: string;
  shape: readonly (number | string)[];
}

export interface OnnxModel {
  name: string;
  nodes: readonly OnnxNode[];
  tensors: readonly OnnxTensor[];
  inputs: readonly OnnxPort[];
  outputs: readonly OnnxPort[];
  /** What a reader should know of it, as text by key. */
  metadata: Readonly<Record<string, string>>;
}

/** Wire types: a varint, 32 bits, and bytes with their length. */
const [VARINT, BYTES, FIXED32] = [0, 2, 5];

const tag = (writer: Writer, field: number, wire: number): Writer => writer.uint32(field * 8 + wire);
const text = (writer: Writer, field: number, value: string): Writer => tag(writer, field, BYTES).string(value);
const integer = (writer: Writer, field: number, value: number): Writer => tag(writer, field, VARINT).int64(value);

/** A message inside of another. */
function inside(writer: Writer, field: number, fill: (inner: Writer) => void): void {
  tag(writer, field, BYTES).fork();
  fill(writer);
  writer.ldelim();
}

function attribute(writer: Writer, name: string, value: OnnxAttribute): void {
  text(writer, ATTRIBUTE.name, name);
  if ('float' in value) tag(writer, ATTRIBUTE.float, FIXED32).float(value.float);
  else if ('int' in value) integer(writer, ATTRIBUTE.int, value.int);
  else if ('string' in value) text(writer, ATTRIBUTE.string, value.string);
  else for (const one of value.ints) integer(writer, ATTRIBUTE.ints, one);
  integer(writer, ATTRIBUTE.type, attributeTypes[Object.keys(value)[0] as keyof typeof attributeTypes]);
}

function node(writer: Writer, { type, inputs, output, attributes }: OnnxNode): void {
  for (const input of inputs) text(writer, NODE.input, input);
  text(writer, NODE.output, output);
  text(writer, NODE.name, output);
  text(writer, NODE.type, type);
  for (const [name, value] of Object.entries(attributes)) {
    inside(writer, NODE.attribute, (inner) => attribute(inner, name, value));
  }
}

function tensor(writer: Writer, { name, shape, type, bytes }: OnnxTensor): void {
  for (const length of shape) integer(writer, TENSOR.dims, length);
  integer(writer, TENSOR.type, elementTypes[type]);
  text(writer, TENSOR.name, name);
  tag(writer, TENSOR.raw, BYTES).bytes(bytes);
}

function port(writer: Writer, { name, shape }: OnnxPort): void {
  text(writer, VALUE.name, name);
  inside(writer, VALUE.type, (type) =>
    inside(type, TYPE.tensor, (own) => {
      integer(own, TENSOR_TYPE.element, elementTypes.float32);
      inside(own, TENSOR_TYPE.shape, (dims) => {
        for (const length of shape) {
          inside(dims, SHAPE.dim, (dim) => {
            if (typeof length === 'number') integer(dim, DIM.value, length);
            else text(dim, DIM.parameter, length);
          });
        }
      });
    }),
  );
}

/** The bytes of an .onnx file. Equal models give equal bytes. */
export function encodeOnnx({ name, nodes, tensors, inputs, outputs, metadata }: OnnxModel): Uint8Array {
  const writer = Writer.create();
  integer(writer, MODEL.irVersion, IR_VERSION);
  text(writer, MODEL.producer, 'Comask Studio');
  inside(writer, MODEL.graph, (graph) => {
    for (const one of nodes) inside(graph, GRAPH.node, (own) => node(own, one));
    text(graph, GRAPH.name, name);
    for (const one of tensors) inside(graph, GRAPH.initializer, (own) => tensor(own, one));
    for (const one of inputs) inside(graph, GRAPH.input, (own) => port(own, one));
    for (const one of outputs) inside(graph, GRAPH.output, (own) => port(own, one));
  });
  inside(writer, MODEL.opset, (opset) => {
    text(opset, OPSET.domain, '');
    integer(opset, OPSET.version, OPERATORS);
  });
  for (const [key, value] of Object.entries(metadata)) {
    inside(writer, MODEL.metadata, (entry) => {
      text(entry, ENTRY.key, key);
      text(entry, ENTRY.value, value);
    });
  }
  return writer.finish();
}
