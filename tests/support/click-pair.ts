import { encodeOnnx, type OnnxModel, type OnnxPort } from '../../electron/engine/learn/onnx/encode.js';
import { OnnxGraph } from '../../electron/engine/learn/onnx/graph.js';
import { put } from './dataset.js';

/** Side of the picture that the pair sees, and pixels of it around a click that count as inside or as outside. */
export const SIDE = 64;
export const [INSIDE, OUTSIDE] = [20, 6];
/** What it says of every mask. */
export const SCORE = 0.75;

const model = (name: string, graph: OnnxGraph, inputs: OnnxPort[], outputs: OnnxPort[]): Uint8Array =>
  encodeOnnx({ name, nodes: graph.nodes, tensors: graph.tensors, inputs, outputs, metadata: {} } satisfies OnnxModel);

/** The mean of the colours, [1,1,SIDE,SIDE]. */
function encoder(): Uint8Array {
  const graph = new OnnxGraph();
  const grey = graph.node('ReduceMean', ['image'], { axes: { ints: [1] }, keepdims: { int: 1 } });
  graph.named(grey, 'image_embeddings');
  return model(
    'encoder',
    graph,
    [{ name: 'image', shape: [1, 3, SIDE, SIDE] }],
    [{ name: 'image_embeddings', shape: [1, 1, SIDE, SIDE] }],
  );
}

/**
 * Inside is what is brighter than the mean colour of SAM, less than INSIDE px (|dx| + |dy|) from a positive click and at least
 * OUTSIDE px from every negative one.
 */
function decoder(embeddings: string): Uint8Array {
  const graph = new OnnxGraph();
  const along = (axis: 'x' | 'y'): number[] =>
    Array.from({ length: SIDE * SIDE }, (_, i) => (axis === 'x' ? i % SIDE : Math.floor(i / SIDE)) + 0.5);
  const place = (axis: 'x' | 'y') => graph.floats(axis, [1, SIDE, SIDE], along(axis));
  const flat = graph.node('Squeeze', ['point_coords', graph.integers('first', [0])]);
  const labels = graph.node('Reshape', ['point_labels', graph.integers('column', [-1, 1, 1])]);
  const coordinate = (index: number): string => {
    const picked = graph.node('Gather', [flat, graph.integers(`index${index}`, [index])], { axis: { int: 1 } });
    return graph.node('Reshape', [picked, graph.integers(`column${index}`, [-1, 1, 1])]);
  };
  const away = (['x', 'y'] as const).map((axis, i) =>
    graph.node('Abs', [graph.node('Sub', [place(axis), coordinate(i)])]),
  );
  const distance = graph.node('Add', away);
  const reach = (label: number, most: number): string => {
    const is = graph.node('Equal', [labels, graph.floats(`label${label}`, [], [label])]);
    const near = graph.node('Sub', [graph.floats(`most${label}`, [], [most]), distance]);
    const masked = graph.node('Where', [is, near, graph.floats(`none${label}`, [], [-1000])]);
    return graph.node('ReduceMax', [masked], { axes: { ints: [0] }, keepdims: { int: 1 } });
  };
  const inside = graph.node('Min', [reach(1, INSIDE), graph.node('Neg', [reach(0, OUTSIDE)])]);
  const bright = graph.node('Reshape', [embeddings, graph.integers('flat', [1, SIDE, SIDE])]);
  const logits = graph.node('Min', [inside, bright]);
  graph.named(graph.node('Unsqueeze', [logits, graph.integers('batch', [0])]), 'masks');
  graph.named(graph.floats('score', [1, 1], [SCORE]), 'iou_predictions');
  return model(
    'decoder',
    graph,
    [
      { name: embeddings, shape: [1, 1, SIDE, SIDE] },
      { name: 'point_coords', shape: [1, 'points', 2] },
      { name: 'point_labels', shape: [1, 'points'] },
    ],
    [
      { name: 'masks', shape: [1, 1, SIDE, SIDE] },
      { name: 'iou_predictions', shape: [1, 1] },
    ],
  );
}

/** Writes a small pair of the SAM family that can be reckoned by hand, into `folder`; returns the paths. */
export function clickPair(
  folder: string,
  { embeddings = 'image_embeddings' } = {},
): { encoder: string; decoder: string } {
  put(folder, 'encoder.onnx', encoder());
  put(folder, 'decoder.onnx', decoder(embeddings));
  return { encoder: `${folder}/encoder.onnx`, decoder: `${folder}/decoder.onnx` };
}

/** What the pair draws over a grey photo of `bright` pixels, of the photo's size: the same sum, pixel by pixel of the picture. */
export function expectedMask(
  { width, height }: { width: number; height: number },
  bright: (x: number, y: number) => boolean,
  points: readonly { x: number; y: number; positive: boolean }[],
): Uint8Array {
  const scale = SIDE / Math.max(width, height);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5].map((place) => place * scale);
    const away = (point: { x: number; y: number }): number =>
      Math.abs(x - point.x * scale) + Math.abs(y - point.y * scale);
    const near = points.some((point) => point.positive && away(point) < INSIDE);
    const far = points.every((point) => point.positive || away(point) > OUTSIDE);
    return Number(near && far && bright(i % width, Math.floor(i / width)));
  });
}
